package cloud.gardener.logging.event;

import java.util.Arrays;

/**
 * Iterates over the log events of a chunk.
 *
 * <pre>
 *  v2:       92 [ 92 timestamp metadata-map ] body-map
 *  v1:       92 timestamp body-map
 *  timestamp: an unsigned integer or a float (seconds), or an extension of type 0 and 8 bytes:
 *             seconds u32, nanoseconds u32
 *  group:    a record whose timestamp is 0xFFFFFFFF (start) or 0xFFFFFFFE (end) seconds, 0 nanoseconds
 * </pre>
 *
 * Group markers are not returned: the records of a group of schema {@code otlp} have its start as {@link #groupAt()}.
 * Anything that is not an event is skipped and returned as {@link #MALFORMED}. If its length cannot be determined, the
 * rest of the chunk is not read.
 *
 * <p>Not thread-safe. Reusable. Allocates nothing.
 */
public final class EventDecoder {
  /** The end of the chunk. */
  public static final int END = 0;

  /** A record: the accessors return where its parts are. */
  public static final int RECORD = 1;

  /** Something other than a record was skipped. */
  public static final int MALFORMED = 2;

  /** There is no such part. */
  public static final int NONE = -1;

  private static final long GROUP_START_SECONDS = 0xFFFFFFFFL;
  private static final long GROUP_END_SECONDS = 0xFFFFFFFEL;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int TIME_BYTES = 8;

  /** Two arrays of two, and the extension of the timestamp. */
  private static final int USUAL_HEAD = 0x9292d700;

  private static final byte EMPTY_MAP = (byte) 0x80;

  private static final byte[] SCHEMA = {'s', 'c', 'h', 'e', 'm', 'a'};
  private static final byte[] OTLP = {'o', 't', 'l', 'p'};

  private final Value value = new Value();
  private final Pairs pairs = new Pairs();

  private byte[] bytes;

  /** The chunk that the bytes are of; null for events from elsewhere. */
  private ChunkArray chunk;

  private int end;
  private int position;
  private int eventAt;
  private int groupAt;
  private int groupBytes;
  private long groupNumber;
  private long bodyNumber;

  private long seconds;
  private long nanos;
  private int metadataAt;
  private int bodyAt;

  /** Starts to read a chunk, whose copy must not change meanwhile. */
  public void wrap(ChunkArray copy) {
    wrap(copy.bytes(), copy.size());
    chunk = copy;
  }

  /** Starts to read the first {@code size} bytes of an array, which must not change meanwhile. */
  public void wrap(byte[] events, int size) {
    bytes = events;
    chunk = null;
    position = 0;
    end = size;
    groupAt = NONE;
    groupNumber++;
    bodyNumber++;
    pairs.reset();
  }

  /** Advances to the next record: {@link #RECORD}, {@link #MALFORMED} or {@link #END}. */
  public int next() {
    while (position < end) {
      int start = position;
      eventAt = start;
      position = open(start);
      if (position == Value.MALFORMED) {
        int behind = value.skip(bytes, start, end);
        position = behind == Value.MALFORMED ? end : behind;
        return MALFORMED;
      }
      if (nanos == 0 && seconds == GROUP_START_SECONDS) {
        groupAt = isOtlpGroup() ? bodyAt : NONE;
        groupBytes = position - bodyAt;
        groupNumber++;
      } else if (nanos == 0 && seconds == GROUP_END_SECONDS) {
        groupAt = NONE;
        groupNumber++;
      } else {
        return RECORD;
      }
    }
    return END;
  }

  /**
   * Finds the parts of the record at {@code start} and skips all of it.
   *
   * @return the offset of the next record; {@link Value#MALFORMED} if this is not a record, or not complete
   */
  private int open(int start) {
    bodyAt = skipUsualHead(start);
    if (bodyAt == NONE && readHead(start) == Value.MALFORMED) {
      return Value.MALFORMED;
    }
    bodyNumber++;
    return pairs.read(bytes, bodyAt, end);
  }

  /**
   * Reads what precedes the body as Fluent Bit writes it for most records: a timestamp of seconds and nanoseconds, and
   * metadata without members.
   *
   * @return the offset of the body, or {@link #NONE} if something else is there
   */
  private int skipUsualHead(int start) {
    int at = start + Integer.BYTES + TIME_BYTES;
    if (at >= end || BigEndian.int32(bytes, start) != USUAL_HEAD || bytes[at] != EMPTY_MAP) {
      return NONE;
    }
    seconds = BigEndian.unsigned32(bytes, start + Integer.BYTES);
    nanos = BigEndian.unsigned32(bytes, start + 2 * Integer.BYTES);
    metadataAt = at;
    return at + 1;
  }

  /** Finds the parts before the body; returns the offset of the body or {@link Value#MALFORMED}. */
  private int readHead(int start) {
    int at = pair(start);
    if (at == Value.MALFORMED) {
      return Value.MALFORMED;
    }
    int inner = pair(at);
    int timeEnd = readTime(inner == Value.MALFORMED ? at : inner);
    if (timeEnd == Value.MALFORMED) {
      return Value.MALFORMED;
    }
    if (inner == Value.MALFORMED) {
      metadataAt = NONE;
      bodyAt = timeEnd;
    } else {
      metadataAt = timeEnd;
      if (!isMap(metadataAt)) {
        return Value.MALFORMED;
      }
      bodyAt = value.skip(bytes, metadataAt, end);
    }
    return bodyAt;
  }

  /** Returns the offset of the first element of the array of two at {@code at}, or {@link Value#MALFORMED}. */
  private int pair(int at) {
    int first = value.read(bytes, at, end);
    return first != Value.MALFORMED && value.kind == Value.ARRAY && value.length == 2
        ? first
        : Value.MALFORMED;
  }

  private boolean isMap(int at) {
    return value.read(bytes, at, end) != Value.MALFORMED && value.kind == Value.MAP;
  }

  private int readTime(int at) {
    int behind = value.read(bytes, at, end);
    if (behind == Value.MALFORMED) {
      return Value.MALFORMED;
    }
    if (value.kind == Value.INTEGER && value.integer >= 0) {
      seconds = value.integer;
      nanos = 0;
      return behind;
    }
    if (value.kind == Value.FLOAT && value.real >= 0 && value.real < Long.MAX_VALUE) {
      seconds = (long) value.real;
      nanos = (long) ((value.real - seconds) * NANOS_PER_SECOND);
      return behind;
    }
    if (value.kind == Value.EXTENSION && value.integer == 0 && value.length == TIME_BYTES) {
      seconds = BigEndian.unsigned32(bytes, value.offset);
      nanos = BigEndian.unsigned32(bytes, value.offset + 4);
      return behind;
    }
    return Value.MALFORMED;
  }

  /** Whether the metadata of the current group has OTLP's schema. */
  private boolean isOtlpGroup() {
    if (metadataAt == NONE) {
      return false;
    }
    int at = value.read(bytes, metadataAt, end);
    for (int pairs = value.length; pairs > 0; pairs--) {
      int valueAt = value.read(bytes, at, end);
      boolean isSchema = value.kind == Value.STRING && equals(value, SCHEMA);
      if (!isSchema) {
        valueAt = value.skip(bytes, at, end);
      }
      if (isSchema && value.read(bytes, valueAt, end) != Value.MALFORMED) {
        return value.kind == Value.STRING && equals(value, OTLP);
      }
      at = value.skip(bytes, valueAt, end);
    }
    return false;
  }

  private boolean equals(Value string, byte[] expected) {
    int end = string.offset + string.length;
    return Arrays.equals(bytes, string.offset, end, expected, 0, expected.length);
  }

  /** The array that the offsets of the parts refer to. */
  public byte[] bytes() {
    return bytes;
  }

  /** Exclusive read bound: what is behind it is not of this chunk. */
  public int end() {
    return end;
  }

  /** Size of the whole event in bytes, as it came from Fluent Bit. */
  public int sizeBytes() {
    int size = position - eventAt;
    return chunk == null ? size : size + chunk.cutBytes(eventAt, position);
  }

  /** Size of the group's body in bytes; 0 outside a group. */
  public int groupSizeBytes() {
    return groupAt == NONE ? 0 : groupBytes;
  }

  /** The event's time in nanoseconds since 1970, unsigned; a time that does not fit wraps. */
  public long timeUnixNano() {
    return seconds * NANOS_PER_SECOND + nanos;
  }

  /** Offset of the metadata's map, or {@link #NONE}. */
  public int metadataAt() {
    return metadataAt;
  }

  /** Offset of the body's map. */
  public int bodyAt() {
    return bodyAt;
  }

  /** The body's pairs. */
  public Pairs pairs() {
    return pairs;
  }

  /** Increases by one with each body that is read, including a group's, and with each chunk. */
  public long bodyNumber() {
    return bodyNumber;
  }

  /** Offset of the body's map of the group's start, or {@link #NONE} outside a group. */
  public int groupAt() {
    return groupAt;
  }

  /** Changes with every group and every chunk, so that results derived from a group can be cached. */
  public long groupNumber() {
    return groupNumber;
  }
}
