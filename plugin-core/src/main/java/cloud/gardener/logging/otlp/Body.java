package cloud.gardener.logging.otlp;

import cloud.gardener.logging.config.MappingConfig;
import cloud.gardener.logging.config.value.BodyFormat;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.Pairs;
import cloud.gardener.logging.event.Value;
import cloud.gardener.logging.otlp.json.JsonObject;
import cloud.gardener.logging.otlp.keys.Names;
import cloud.gardener.logging.otlp.keys.RecordKeys;
import cloud.gardener.logging.otlp.keys.RowNames;
import cloud.gardener.logging.otlp.value.AnyValues;
import cloud.gardener.logging.otlp.value.Fields;
import cloud.gardener.logging.otlp.value.Json;
import cloud.gardener.logging.otlp.value.ProtoBuffer;
import cloud.gardener.logging.otlp.value.Slice;
import cloud.gardener.logging.otlp.value.Text;
import cloud.gardener.logging.otlp.value.UniqueKeys;

/**
 * Selects and writes the body of a log record: the value of the first body key that is a non-empty string, else the
 * first that is a map, else the first that is any other value than nil, else the empty string. A record with none of
 * the keys becomes its own body as JSON text, and its fields remain attributes.
 *
 * <p>{@link BodyFormat} decides how a map, or the JSON text of one where parsing is enabled, becomes a body. Backends
 * that make one row of a body's keys and the attributes' keys receive a structured body only where it is configured.
 * Not thread-safe.
 */
final class Body {
  private static final int NONE = -1;

  private final Names names;
  private final BodyFormat format;
  private final Text text;
  private final AnyValues values;
  private final Json json;
  private final UniqueKeys unique;

  /** Parses messages that are JSON text; null when they stay text. */
  private final JsonObject object;

  private final JournalMessage journal = new JournalMessage();
  private final Slice message = new Slice();
  private final Value value = new Value();

  private byte[] mapBytes;
  private int mapAt;
  private int mapEnd;

  private byte[] textBytes;
  private int textOffset;
  private int textLength;

  /** The pair whose map gave only its message to the body, or NONE. */
  private int restPair;

  private int messageOffset;
  private int messageLength;

  Body(MappingConfig mapping, Names names, Text text, AnyValues values, Json json, UniqueKeys unique) {
    this.names = names;
    this.format = mapping.bodyFormat();
    this.text = text;
    this.values = values;
    this.json = json;
    this.unique = unique;
    this.object = mapping.parseJsonBody() ? new JsonObject() : null;
  }

  /** Writes the body of a record whose keys are indexed, and marks the pair as used if the whole of it is the body. */
  void write(ProtoBuffer record, EventDecoder event, RecordKeys keys) {
    byte[] in = event.bytes();
    int end = event.end();
    mapBytes = null;
    textBytes = null;
    restPair = NONE;
    Pairs pairs = keys.pairs();
    int pair = selectPair(keys, pairs);
    if (pair != NONE && pairs.kind(pair) == Value.STRING && object == null) {
      setText(in, pairs.textAt(pair), pairs.textLength(pair));
      text.anyField(record, Fields.RECORD_BODY, in, textOffset, textLength);
      keys.markUsed(pair);
    } else {
      write(record, in, end, pair, keys);
    }
  }

  private void write(ProtoBuffer record, byte[] in, int end, int pair, RecordKeys keys) {
    if (pair == NONE) {
      int lost = unique.lost();
      json.anyField(record, Fields.RECORD_BODY, in, keys.pairs(), kubernetesPair(keys), end);
      unique.setLost(lost); // Not counted here: the same fields are counted where they become attributes.
      return;
    }
    int at = keys.valueAt(pair);
    value.read(in, at, end);
    if (value.kind == Value.MAP) {
      writeMap(record, in, at, end, pair, keys);
    } else if (value.kind == Value.STRING
        && object != null
        && object.read(in, value.offset, value.length)) {
      writeMap(record, object.bytes(), 0, object.length(), pair, keys);
    } else if (value.kind != Value.STRING && writeJournal(record, in, end, pair, keys)) {
      keys.markUsed(pair);
    } else if (value.kind == Value.ARRAY && format != BodyFormat.STRUCTURED) {
      json.anyField(record, Fields.RECORD_BODY, in, at, end);
      keys.markUsed(pair);
    } else {
      if (value.kind == Value.STRING) {
        setText(in, value.offset, value.length);
      }
      values.field(record, Fields.RECORD_BODY, in, at, end);
      keys.markUsed(pair);
    }
  }

  private boolean writeJournal(ProtoBuffer record, byte[] in, int end, int pair, RecordKeys keys) {
    Pairs pairs = keys.pairs();
    int keyOffset = pairs.keyOffset(pair);
    if (!journal.read(in, keyOffset, pairs.keyLength(pair), pairs.valueAt(pair), end, message)) {
      return false;
    }
    setText(message.bytes, message.offset, message.length);
    text.anyField(record, Fields.RECORD_BODY, message.bytes, message.offset, message.length);
    return true;
  }

  private void setText(byte[] bytes, int offset, int length) {
    textBytes = bytes;
    textOffset = offset;
    textLength = length;
  }

  /** Returns the pair of the message, or NONE. */
  private static int selectPair(RecordKeys keys, Pairs pairs) {
    int map = NONE;
    int other = NONE;
    int empty = NONE;
    for (int rank = 0; rank < keys.bodyNames(); rank++) {
      int pair = keys.body(rank);
      if (pair == NONE) {
        continue;
      }
      int kind = pairs.kind(pair);
      if (kind == Value.STRING && pairs.textLength(pair) > 0) {
        return pair;
      } else if (kind == Value.STRING) {
        empty = empty == NONE ? pair : empty;
      } else if (kind == Value.MAP) {
        map = map == NONE ? pair : map;
      } else if (kind != Value.NIL) {
        other = other == NONE ? pair : other;
      }
    }
    return map != NONE ? map : other != NONE ? other : empty;
  }

  /** Returns the pair that is metadata rather than content of the record, or NONE. */
  private static int kubernetesPair(RecordKeys keys) {
    int pair = keys.find(RecordKeys.KUBERNETES);
    return pair != NONE && keys.pairs().kind(pair) == Value.MAP ? pair : NONE;
  }

  private void writeMap(ProtoBuffer record, byte[] in, int at, int end, int pair, RecordKeys keys) {
    mapBytes = in;
    mapAt = at;
    mapEnd = end;
    if (format == BodyFormat.MESSAGE) {
      writeMessage(record, pair, keys);
      return;
    }
    keys.markUsed(pair);
    if (format == BodyFormat.STRUCTURED) {
      values.field(record, Fields.RECORD_BODY, in, at, end);
    } else {
      json.anyField(record, Fields.RECORD_BODY, in, at, end);
    }
  }

  /** Writes the first body key in the map whose value is a string; of equal keys, the last pair counts. */
  private void writeMessage(ProtoBuffer record, int pair, RecordKeys keys) {
    int best = names.count();
    int at = value.read(mapBytes, mapAt, mapEnd);
    int pairs = value.length;
    for (int left = pairs; left > 0; left--) {
      int valueAt = value.read(mapBytes, at, mapEnd);
      int code = value.kind == Value.STRING ? names.code(mapBytes, value.offset, value.length) : NONE;
      int offset = value.offset;
      int length = value.length;
      valueAt = value.kind == Value.STRING ? valueAt : value.skip(mapBytes, at, mapEnd);
      int next = value.read(mapBytes, valueAt, mapEnd);
      if (code != NONE && code <= best && value.kind == Value.STRING) {
        best = code;
        messageOffset = offset;
        messageLength = length;
        setText(mapBytes, value.offset, value.length);
      }
      at = value.kind == Value.STRING ? next : value.skip(mapBytes, valueAt, mapEnd);
    }
    restPair = pair;
    if (best == names.count()) {
      messageLength = NONE;
      int lost = unique.lost();
      json.anyField(record, Fields.RECORD_BODY, mapBytes, mapAt, mapEnd);
      unique.setLost(lost); // Not counted here: the same map is counted where it becomes an attribute.
    } else {
      text.anyField(record, Fields.RECORD_BODY, mapBytes, textOffset, textLength);
      if (pairs == 1) {
        restPair = NONE;
        keys.markUsed(pair);
      }
    }
  }

  /** Whether the pair is an attribute that {@link #writeRest} writes. */
  boolean isRest(int pair) {
    return pair == restPair;
  }

  /** Writes the pair as an attribute: its map without the message that became the body. */
  void writeRest(ProtoBuffer out, byte[] in, int keyAt, int end, RowNames names) {
    int mark = out.begin(Fields.RECORD_ATTRIBUTES, 2);
    values.attributeKey(out, in, keyAt, end, names);
    values.mapWithout(
        out, Fields.KEY_VALUE_VALUE, mapBytes, mapAt, mapEnd, messageOffset, messageLength);
    out.end(mark, 2);
  }

  /** Whether the body is the text of a message. */
  boolean isText() {
    return textBytes != null;
  }

  byte[] textBytes() {
    return textBytes;
  }

  int textOffset() {
    return textOffset;
  }

  int textLength() {
    return textLength;
  }

  /** Whether the body is, or was made of, a map. */
  boolean isMap() {
    return mapBytes != null;
  }

  byte[] mapBytes() {
    return mapBytes;
  }

  int mapAt() {
    return mapAt;
  }

  /** Exclusive read bound, at or after the end of the map. */
  int mapEnd() {
    return mapEnd;
  }
}
