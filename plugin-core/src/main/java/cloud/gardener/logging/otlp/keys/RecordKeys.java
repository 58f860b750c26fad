package cloud.gardener.logging.otlp.keys;

import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.Pairs;
import cloud.gardener.logging.otlp.severity.LevelNames;
import cloud.gardener.logging.otlp.severity.LevelPairs;

/**
 * Index of a record's top-level keys: which pair has which known name, and which pairs are already used. Of pairs with
 * the same name, the last one counts, as in msgpack.
 *
 * <p>Most records have the same keys in the same order as the record before: then no key is looked up again.
 *
 * <p>Not thread-safe. Allocates only to grow, and releases what an unusual record needed.
 */
public final class RecordKeys {
  /** Codes of the names that are not configurable. */
  public static final int KUBERNETES = 0;

  public static final int TRACE_ID = 1;
  public static final int SPAN_ID = 2;
  public static final int TRACE_FLAGS = 3;
  public static final int ORIGIN = 4;
  public static final int SERVICE_NAME = 5;
  public static final int SERVICE_NAMESPACE = 6;
  public static final int HOST_NAME = 7;
  public static final int JOURNALD_HOSTNAME = 8;
  public static final int STREAM = 9;
  public static final int IOSTREAM = 10;
  public static final int SERVICE = 11;
  public static final int HOST = 12;
  public static final int SEVERITY_NUMBER = 13;
  public static final int SEVERITY_TEXT = 14;
  public static final int SCOPE = 15;

  private static final Names NAMES =
      new Names(
          new String[] {"kubernetes"},
          new String[] {"trace_id", "traceId", "traceID", "traceid", "trace.id"},
          new String[] {"span_id", "spanId", "spanID", "spanid", "span.id"},
          new String[] {"trace_flags", "traceFlags", "traceflags", "trace.flags"},
          new String[] {"origin"},
          new String[] {"service.name"},
          new String[] {"service.namespace"},
          new String[] {"host.name"},
          new String[] {"_HOSTNAME", "_hostname"},
          new String[] {"stream"},
          new String[] {"log.iostream"},
          new String[] {"service"},
          new String[] {"host"},
          new String[] {"severity_number"},
          new String[] {"severity_text"},
          new String[] {"scope"});

  /** Only of records with this many pairs at most it is remembered that keys are unique: their bits fit one word. */
  private static final int USUAL_PAIRS = Long.SIZE;
  private static final int WORD_SHIFT = 6;
  private static final int KEPT_WORDS = 16;

  private final NamedPairs fixed = new NamedPairs(NAMES);
  private final NamedPairs bodies;
  private final LevelPairs levels;

  private Pairs pairs;

  /** One bit for each pair: whether it is already used. */
  private long[] used = new long[1];

  /** The body whose keys are indexed. */
  private long bodyNumber;

  // Of the record before: which pairs were used, its source, and whether its attributes had unique keys.
  private long lastUsed;
  private long lastSource;
  private boolean lastUnique;
  private boolean lastNesting;

  /**
   * Creates an index.
   *
   * @param bodies the names of a body, in order of precedence
   * @param levels the names of a level, in order of precedence
   */
  public RecordKeys(Names bodies, LevelNames levels) {
    this.bodies = new NamedPairs(bodies);
    this.levels = new LevelPairs(levels);
  }

  /** Indexes the keys of the decoder's current record. */
  public void index(EventDecoder event) {
    pairs = event.pairs();
    int count = pairs.count();
    prepare(count);
    boolean isSame = pairs.haveSameKeys() && event.bodyNumber() == bodyNumber + 1;
    bodyNumber = event.bodyNumber();
    if (!isSame) {
      index(event.bytes(), count);
    }
  }

  private void index(byte[] in, int count) {
    lastUnique = false;
    fixed.clear();
    bodies.clear();
    levels.clear();
    for (int i = 0; i < count; i++) {
      int length = pairs.keyLength(i);
      if (length >= 0) {
        int offset = pairs.keyOffset(i);
        fixed.index(in, offset, length, i);
        bodies.index(in, offset, length, i);
        levels.index(in, offset, length, i);
      }
    }
    levels.findCandidates();
  }

  private void prepare(int count) {
    int words = Math.max(count + Long.SIZE - 1 >>> WORD_SHIFT, 1);
    if (words > used.length || used.length > KEPT_WORDS && words <= KEPT_WORDS) {
      used = new long[words];
    }
    for (int i = 0; i < words; i++) {
      used[i] = 0;
    }
  }

  /** Whether the same pairs, in a record with the same keys and the same source, were attributes with unique keys. */
  public boolean wereUnique(long source) {
    return lastUnique && lastSource == source && lastUsed == used[0];
  }

  /** Whether the key of one of those attributes may be a dotted prefix of another one's. */
  public boolean mayHaveNested() {
    return lastNesting;
  }

  /**
   * Records that the attributes of this record, with this source, have unique keys.
   *
   * @param nesting whether the key of one may be a dotted prefix of another one's
   */
  public void rememberUnique(long source, boolean nesting) {
    lastNesting = nesting;
    lastUnique = count() <= USUAL_PAIRS;
    if (lastUnique) {
      lastSource = source;
      lastUsed = used[0];
    }
  }

  /** Whether a pair has one of these names, given as bits: {@code 1 << KUBERNETES}. */
  public boolean hasAny(int names) {
    return (fixed.present() & names) != 0;
  }

  /** Returns the pair with a name, or -1. */
  public int find(int code) {
    return fixed.find(code);
  }

  /** Returns the pair with the {@code rank}th name of a body, or -1. */
  public int body(int rank) {
    return bodies.find(rank);
  }

  public int bodyNames() {
    return bodies.count();
  }

  public LevelPairs levels() {
    return levels;
  }

  public Pairs pairs() {
    return pairs;
  }

  public int count() {
    return pairs.count();
  }

  public int keyAt(int pair) {
    return pairs.keyAt(pair);
  }

  public int valueAt(int pair) {
    return pairs.valueAt(pair);
  }

  /** Marks a pair as used: it does not become an attribute. */
  public void markUsed(int pair) {
    used[pair >>> WORD_SHIFT] |= 1L << pair;
  }

  public boolean isUsed(int pair) {
    return (used[pair >>> WORD_SHIFT] >>> pair & 1) != 0;
  }
}
