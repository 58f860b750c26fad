package cloud.gardener.logging.otlp;

import cloud.gardener.logging.event.Value;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An index of a record's top-level keys: where each pair lies, which of the names that mean something it
 * bears, and which pair a later one with the same key replaces (OTLP wants keys to be unique; in msgpack
 * the last one counts).
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

  private static final int KEPT_PAIRS = 1 << 10;
  private static final long MIX = 0x9e3779b97f4a7c15L;

  private final Value value = new Value();
  private final int[] byCode = new int[CODES];

  private int[] pairAt = new int[64];
  private int[] keyAt = new int[64];
  private int[] keyLength = new int[64];
  private int[] valueAt = new int[64];
  private boolean[] taken = new boolean[64];
  private int count;

  // Open addressing over the keys' hashes; a slot is in use when it bears this record's stamp.
  private int[] slotStamp = new int[128];
  private int[] slotPair = new int[128];
  private int stamp;

  /** Indexes the map at {@code mapAt}. */
  void index(ByteBuffer in, int mapAt, int end) {
    Arrays.fill(byCode, -1);
    int at = value.read(in, mapAt, end);
    count = value.length;
    prepare(count);
    for (int i = 0; i < count; i++) {
      pairAt[i] = at;
      int itsValue = value.read(in, at, end);
      if (value.kind == Value.STRING) {
        keyAt[i] = value.offset;
        keyLength[i] = value.length;
        int replaced = put(in, i);
        if (replaced >= 0) {
          taken[replaced] = true;
        }
        int code = NAMES.code(in, value.offset, value.length);
        if (code != Names.UNKNOWN) {
          byCode[code] = i;
        }
      } else {
        keyLength[i] = -1;
        itsValue = value.skip(in, at, end);
      }
      taken[i] = false;
      valueAt[i] = itsValue;
      at = value.skip(in, itsValue, end);
    }
  }

  private void prepare(int pairs) {
    int wanted = Math.max(pairs, 64);
    if (wanted > pairAt.length || pairAt.length > KEPT_PAIRS && wanted <= KEPT_PAIRS) {
      pairAt = new int[wanted];
      keyAt = new int[wanted];
      keyLength = new int[wanted];
      valueAt = new int[wanted];
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
    int slot = hash(in, keyAt[pair], keyLength[pair]) & mask;
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
    if (keyLength[a] != keyLength[b]) {
      return false;
    }
    for (int i = 0; i < keyLength[a]; i++) {
      if (in.get(keyAt[a] + i) != in.get(keyAt[b] + i)) {
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
    return count;
  }

  int pairAt(int pair) {
    return pairAt[pair];
  }

  int valueAt(int pair) {
    return valueAt[pair];
  }

  /** Says that a pair is spoken for: it is no attribute any more. */
  void take(int pair) {
    taken[pair] = true;
  }

  boolean isTaken(int pair) {
    return taken[pair];
  }
}
