package cloud.gardener.logging.otlp.value;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cloud.gardener.logging.event.Pairs;
import cloud.gardener.logging.event.Value;

/**
 * Writes msgpack values as OTLP AnyValues and keeps their types: a map as a kvlist, a list as an array, binary and
 * extensions as bytes, nil as an AnyValue without a value. An integer above the range of int64 becomes its decimal
 * string. Keys are unique in each map, and no key is empty.
 *
 * <p>Most protobuf decoders reject a whole request if its messages are nested deeper than 100. Values that would be
 * deeper become a string of JSON: maps in maps from the 32nd on, lists in lists from the 48th on.
 *
 * <p>Not thread-safe. The caller must have checked that the values are inside the chunk.
 */
public final class AnyValues {
  /** The nesting that protobuf decoders accept by default; also bounds the recursion of this class. */
  static final int MAX_MESSAGES = 100;

  /** Prefix for a reserved key. */
  private static final byte[] PREFIX = "record.".getBytes(US_ASCII);

  /** Messages that enclose an attribute's AnyValue: request, ResourceLogs, ScopeLogs, LogRecord and KeyValue. */
  private static final int MESSAGES_AROUND = 5;

  private static final int MESSAGES_OF_ARRAY = 2;
  private static final int MESSAGES_OF_MAP = 3;
  private static final byte[] EMPTY_KEY = {Text.EMPTY_KEY};

  private final Text text;
  private final Json json;
  private final UniqueKeys unique;
  private final Value value = new Value();
  private long deep;
  private long maps;
  private long renamed;
  private boolean dotted;
  private boolean mapsAsText;
  private long markedDeep;
  private long markedRenamed;
  private long markedRepaired;

  public AnyValues(Text text, Json json, UniqueKeys unique) {
    this.text = text;
    this.json = json;
    this.unique = unique;
  }

  /** Total number of values that became JSON because they were nested too deep. */
  public long deep() {
    return deep;
  }

  /** Total number of maps that were written. */
  public long maps() {
    return maps;
  }

  /** Total number of attributes that got another key because of {@link ReservedKeys}. */
  public long renamed() {
    return renamed;
  }

  /** Remembers the counts, for values that may be written again. */
  public void markCounts() {
    markedDeep = deep;
    markedRenamed = renamed;
    markedRepaired = text.repaired();
  }

  /** Sets the counts back to those of {@link #markCounts}: what was written since then is discarded. */
  public void resetCounts() {
    deep = markedDeep;
    renamed = markedRenamed;
    text.setRepaired(markedRepaired);
  }

  /** Whether a key with a dot was written in a map since {@link #resetDots}. */
  public boolean hasDots() {
    return dotted;
  }

  public void resetDots() {
    dotted = false;
  }

  /** Sets whether maps that are attributes are written as JSON text. */
  public void setMapsAsText(boolean asText) {
    mapsAsText = asText;
  }

  /**
   * Writes the value at {@code at} as the message field {@code tag}.
   *
   * @return the offset of the next value
   */
  public int field(ProtoBuffer out, int tag, byte[] in, int at, int end) {
    return field(out, tag, in, at, end, MESSAGES_AROUND);
  }

  private int field(ProtoBuffer out, int tag, byte[] in, int at, int end, int depth) {
    int next = value.read(in, at, end);
    if (value.kind == Value.STRING) {
      text.anyField(out, tag, in, value.offset, value.length);
      return next;
    }
    int mark = out.begin(tag);
    next = any(out, in, at, next, end, depth);
    out.end(mark);
    return next;
  }

  private int any(ProtoBuffer out, byte[] in, int at, int next, int end, int depth) {
    switch (value.kind) {
      case Value.BOOLEAN -> out.varintField(Fields.ANY_BOOL, value.integer);
      case Value.INTEGER -> out.varintField(Fields.ANY_INT, value.integer);
      case Value.UNSIGNED ->
          out.bytesField(
              Fields.ANY_STRING, Long.toUnsignedString(value.integer).getBytes(US_ASCII));
      case Value.FLOAT -> out.fixed64Field(Fields.ANY_DOUBLE, Double.doubleToRawLongBits(value.real));
      case Value.BINARY, Value.EXTENSION ->
          out.bytesField(Fields.ANY_BYTES, in, value.offset, value.length);
      case Value.ARRAY, Value.MAP -> {
        int inner = depth + (value.kind == Value.MAP ? MESSAGES_OF_MAP : MESSAGES_OF_ARRAY);
        if (inner > MAX_MESSAGES) {
          deep++;
          return json.field(out, Fields.ANY_STRING, in, at, end);
        }
        return value.kind == Value.MAP
            ? map(out, in, value.length, next, end, inner)
            : array(out, in, value.length, next, end, inner);
      }
      default -> { } // NIL: an AnyValue without a value
    }
    return next;
  }

  private int array(ProtoBuffer out, byte[] in, int elements, int first, int end, int depth) {
    int mark = out.begin(Fields.ANY_ARRAY);
    int at = first;
    for (int left = elements; left > 0; left--) {
      at = field(out, Fields.ARRAY_VALUES, in, at, end, depth);
    }
    out.end(mark);
    return at;
  }

  private int map(ProtoBuffer out, byte[] in, int pairs, int first, int end, int depth) {
    int mark = out.begin(Fields.ANY_MAP);
    int map = unique.open();
    int at = first;
    for (int left = pairs; left > 0; left--) {
      at = keyValue(out, Fields.MAP_VALUES, in, at, end, depth);
      dotted |= unique.lastKeyHas(out.array, '.');
    }
    maps++;
    unique.close(out, map);
    out.end(mark);
    return at;
  }

  /**
   * Writes a map as the message field {@code tag}, without the pairs that have one key. A negative {@code keyLength}
   * excludes no pair.
   */
  public void mapWithout(
      ProtoBuffer out, int tag, byte[] in, int mapAt, int end, int keyOffset, int keyLength) {
    if (mapsAsText) {
      json.anyField(out, tag, in, mapAt, end);
      return;
    }
    int anyMark = out.begin(tag, 2);
    int mark = out.begin(Fields.ANY_MAP, 2);
    int map = unique.open();
    int same = 0;
    int at = value.read(in, mapAt, end);
    for (int left = value.length; left > 0; left--) {
      int valueAt = value.read(in, at, end);
      if (value.kind == Value.STRING
          && value.length == keyLength
          && equal(in, value.offset, keyOffset, keyLength)) {
        same++;
        at = value.skip(in, valueAt, end);
      } else {
        at = nestedKeyValue(out, Fields.MAP_VALUES, in, at, end);
        dotted |= unique.lastKeyHas(out.array, '.');
      }
    }
    maps++;
    if (same > 1) {
      unique.setLost(unique.lost() + same - 1);
    }
    unique.close(out, map);
    out.end(mark, 2);
    out.end(anyMark, 2);
  }

  private static boolean equal(byte[] in, int a, int b, int length) {
    for (int i = 0; i < length; i++) {
      if (in[a + i] != in[b + i]) {
        return false;
      }
    }
    return true;
  }

  /** Writes the value at {@code at} as an AnyValue with its JSON text. */
  public void text(ProtoBuffer out, int tag, byte[] in, int at, int end) {
    json.anyField(out, tag, in, at, end);
  }

  /** Writes the pairs of a map, each as the message field {@code tag}. */
  public void pairs(ProtoBuffer out, int tag, byte[] in, int mapAt, int end) {
    int map = unique.open();
    int at = value.read(in, mapAt, end);
    int pairs = value.kind == Value.MAP ? value.length : 0;
    for (; pairs > 0; pairs--) {
      at = keyValue(out, tag, in, at, end);
    }
    unique.close(out, map);
  }

  /**
   * Writes the pairs of a map as attributes of a record or a resource. The caller opens and closes the map with {@link
   * UniqueKeys}.
   */
  public void attributes(ProtoBuffer out, int tag, byte[] in, int mapAt, int end, ReservedKeys reserved) {
    int at = value.read(in, mapAt, end);
    int pairs = value.kind == Value.MAP ? value.length : 0;
    for (; pairs > 0; pairs--) {
      at = attribute(out, tag, in, at, end, reserved);
    }
  }

  /**
   * Writes the pair at {@code at} as an attribute of the open map, under a key that is not reserved.
   *
   * @return the offset of the next pair
   */
  public int attribute(ProtoBuffer out, int tag, byte[] in, int at, int end, ReservedKeys reserved) {
    if (!reserved.has(in, at, end)) {
      return keyValue(out, tag, in, at, end);
    }
    int start = out.size;
    int mark = out.begin(tag);
    int valueAt = attributeKey(out, in, at, end, reserved);
    int next =
        mapsAsText
            ? withoutMap(out, in, valueAt, end)
            : field(out, Fields.KEY_VALUE_VALUE, in, valueAt, end);
    out.end(mark);
    unique.add(out, start, UniqueKeys.COUNTED);
    renamed++;
    return next;
  }

  /** Writes the key of an attribute, with a prefix if it is reserved; returns the offset of its value. */
  public int attributeKey(ProtoBuffer out, byte[] in, int at, int end, ReservedKeys reserved) {
    if (!reserved.has(in, at, end)) {
      return key(out, in, at, end);
    }
    int next = value.read(in, at, end);
    int mark = out.begin(Fields.KEY_VALUE_KEY);
    out.raw(PREFIX, 0, PREFIX.length);
    text.bytes(out, in, value.offset, value.length);
    out.end(mark);
    return next;
  }

  /** Writes the pair at {@code at} as a KeyValue of the open map. */
  public int keyValue(ProtoBuffer out, int tag, byte[] in, int at, int end) {
    return keyValue(out, tag, in, at, end, MESSAGES_AROUND);
  }

  /** The same for a map that is an attribute. */
  public int nestedKeyValue(ProtoBuffer out, int tag, byte[] in, int at, int end) {
    return keyValue(out, tag, in, at, end, MESSAGES_AROUND + MESSAGES_OF_MAP);
  }

  private int keyValue(ProtoBuffer out, int tag, byte[] in, int at, int end, int depth) {
    int start = out.size;
    int next = uniqueKeyValue(out, tag, in, at, end, depth);
    unique.add(out, start, UniqueKeys.COUNTED);
    return next;
  }

  /** Writes a pair whose key is known to be unique, as a KeyValue. */
  public void uniquePair(ProtoBuffer out, int tag, byte[] in, Pairs pairs, int pair, int end) {
    if (pairs.kind(pair) != Value.STRING || pairs.keyLength(pair) <= 0) {
      uniqueKeyValue(out, tag, in, pairs.keyAt(pair), end, MESSAGES_AROUND);
      return;
    }
    int mark = out.begin(tag);
    text.field(out, Fields.KEY_VALUE_KEY, in, pairs.keyOffset(pair), pairs.keyLength(pair));
    text.anyField(out, Fields.KEY_VALUE_VALUE, in, pairs.textAt(pair), pairs.textLength(pair));
    out.end(mark);
  }

  private int uniqueKeyValue(ProtoBuffer out, int tag, byte[] in, int at, int end, int depth) {
    int mark = out.begin(tag);
    int valueAt = key(out, in, at, end);
    int next =
        mapsAsText && depth == MESSAGES_AROUND
            ? withoutMap(out, in, valueAt, end)
            : field(out, Fields.KEY_VALUE_VALUE, in, valueAt, end, depth);
    out.end(mark);
    return next;
  }

  private int withoutMap(ProtoBuffer out, byte[] in, int at, int end) {
    value.read(in, at, end);
    return value.kind == Value.MAP
        ? json.anyField(out, Fields.KEY_VALUE_VALUE, in, at, end)
        : field(out, Fields.KEY_VALUE_VALUE, in, at, end);
  }

  /** Writes a key; a key that is not a string becomes its JSON. Returns the offset of its value. */
  public int key(ProtoBuffer out, byte[] in, int at, int end) {
    int next = value.read(in, at, end);
    if (value.kind != Value.STRING || value.length == 0) {
      return unusualKey(out, in, at, end);
    }
    text.field(out, Fields.KEY_VALUE_KEY, in, value.offset, value.length);
    return next;
  }

  private int unusualKey(ProtoBuffer out, byte[] in, int at, int end) {
    if (value.kind != Value.STRING) {
      return json.field(out, Fields.KEY_VALUE_KEY, in, at, end);
    }
    out.bytesField(Fields.KEY_VALUE_KEY, EMPTY_KEY);
    return value.offset;
  }
}
