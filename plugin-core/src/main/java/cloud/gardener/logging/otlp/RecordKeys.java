package cloud.gardener.logging.otlp;

import cloud.gardener.logging.event.Pairs;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a record's top-level keys mean: which of the names that count each pair bears, and which pair a
 * later one with the same key replaces (OTLP wants keys to be unique; in msgpack the last one counts).
 *
 * <p>Most records have the same keys in the same order as the one before: that is found out by a
 * comparison, and nothing is looked up again.
 *
 * <p>Not thread-safe. Allocates only to grow, and gives back what an unusual record needed.
 */
final class RecordKeys {
  /** The names that mean something, as codes. */
  static final int LOG = 0;

  static final int MESSAGE = 1;
  static final int KUBERNETES = 2;
  static final int TRACE_ID = 3;
  static final int SPAN_ID = 4;
  static final int TRACE_FLAGS = 5;

  /** The first of the names of a level, in the order in which they count. */
  static final int FIRST_LEVEL = 6;

  static final int CODES = 11;

  static final Names NAMES =
      new Names(
          new String[] {"log"},
          new String[] {"message"},
          new String[] {"kubernetes"},
          new String[] {"trace_id", "traceId", "traceID", "traceid", "trace.id"},
          new String[] {"span_id", "spanId", "spanID", "spanid", "span.id"},
          new String[] {"trace_flags", "traceFlags", "traceflags", "trace.flags"},
          new String[] {"level"},
          new String[] {"severity"},
          new String[] {"loglevel"},
          new String[] {"log_level"},
          new String[] {"lvl"});

  private static final int USUAL_PAIRS = 64;
  private static final int KEPT_PAIRS = 1 << 10;
  private static final int REMEMBERED_KEY_BYTES = 4 << 10;
  private static final int NOTHING_REMEMBERED = -1;
  private static final long MIX = 0x9e3779b97f4a7c15L;

  private final int[] byCode = new int[CODES];

  private Pairs pairs;
  private boolean[] taken = new boolean[USUAL_PAIRS];

  // The keys of the record before, one behind the other, and which of its pairs were replaced.
  private final byte[] lastKeys = new byte[REMEMBERED_KEY_BYTES];
  private final int[] lastLength = new int[USUAL_PAIRS];
  private final boolean[] lastReplaced = new boolean[USUAL_PAIRS];
  private int lastCount = NOTHING_REMEMBERED;

  // Open addressing over the keys' hashes; a slot is in use when it bears this record's stamp.
  private int[] slotStamp = new int[2 * USUAL_PAIRS];
  private int[] slotPair = new int[2 * USUAL_PAIRS];
  private int stamp;

  /** Looks at the keys of a record. */
  void index(ByteBuffer in, Pairs ofRecord) {
    pairs = ofRecord;
    if (isAsBefore(in)) {
      System.arraycopy(lastReplaced, 0, taken, 0, lastCount);
      return;
    }
    int count = pairs.count();
    Arrays.fill(byCode, -1);
    prepare(count);
    for (int i = 0; i < count; i++) {
      taken[i] = false;
      int length = pairs.keyLength(i);
      if (length >= 0) {
        int replaced = put(in, i);
        if (replaced >= 0) {
          taken[replaced] = true;
        }
        int code = NAMES.code(in, pairs.keyOffset(i), length);
        if (code != Names.UNKNOWN) {
          byCode[code] = i;
        }
      }
    }
    remember(in, count);
  }

  private boolean isAsBefore(ByteBuffer in) {
    if (pairs.count() != lastCount) {
      return false;
    }
    int at = 0;
    for (int i = 0; i < lastCount; i++) {
      int length = pairs.keyLength(i);
      if (length != lastLength[i]) {
        return false;
      }
      int offset = pairs.keyOffset(i);
      for (int left = length; left > 0; left--) {
        if (in.get(offset++) != lastKeys[at++]) {
          return false;
        }
      }
    }
    return true;
  }

  private void remember(ByteBuffer in, int count) {
    lastCount = NOTHING_REMEMBERED;
    if (count > USUAL_PAIRS) {
      return;
    }
    int at = 0;
    for (int i = 0; i < count; i++) {
      int length = Math.max(pairs.keyLength(i), 0);
      if (length > lastKeys.length - at) {
        return;
      }
      in.get(pairs.keyOffset(i), lastKeys, at, length);
      lastLength[i] = pairs.keyLength(i);
      lastReplaced[i] = taken[i];
      at += length;
    }
    lastCount = count;
  }

  private void prepare(int count) {
    int wanted = Math.max(count, USUAL_PAIRS);
    if (wanted > taken.length || taken.length > KEPT_PAIRS && wanted <= KEPT_PAIRS) {
      taken = new boolean[wanted];
      int slots = Integer.highestOneBit(wanted) << 2;
      slotStamp = new int[slots];
      slotPair = new int[slots];
      stamp = 0;
    }
    if (++stamp == 0) {
      Arrays.fill(slotStamp, 0);
      stamp = 1;
    }
  }

  /** Puts a key in the table; the pair with an equal key that it replaces, or -1. */
  private int put(ByteBuffer in, int pair) {
    int mask = slotStamp.length - 1;
    int slot = hash(in, pairs.keyOffset(pair), pairs.keyLength(pair)) & mask;
    while (slotStamp[slot] == stamp) {
      int other = slotPair[slot];
      if (sameKey(in, other, pair)) {
        slotPair[slot] = pair;
        return other;
      }
      slot = slot + 1 & mask;
    }
    slotStamp[slot] = stamp;
    slotPair[slot] = pair;
    return -1;
  }

  private static int hash(ByteBuffer in, int offset, int length) {
    long hash = length;
    for (int i = 0; i < length; i++) {
      hash = (hash ^ in.get(offset + i)) * MIX;
    }
    return (int) (hash >>> 32);
  }

  private boolean sameKey(ByteBuffer in, int a, int b) {
    int length = pairs.keyLength(a);
    if (length != pairs.keyLength(b)) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (in.get(pairs.keyOffset(a) + i) != in.get(pairs.keyOffset(b) + i)) {
        return false;
      }
    }
    return true;
  }

  /** The pair that bears a name, or -1. */
  int find(int code) {
    return byCode[code];
  }

  int count() {
    return pairs.count();
  }

  int keyAt(int pair) {
    return pairs.keyAt(pair);
  }

  int valueAt(int pair) {
    return pairs.valueAt(pair);
  }

  /** Says that a pair is spoken for: it is no attribute any more. */
  void take(int pair) {
    taken[pair] = true;
  }

  boolean isTaken(int pair) {
    return taken[pair];
  }
}
