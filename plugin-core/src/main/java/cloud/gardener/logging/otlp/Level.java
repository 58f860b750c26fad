package cloud.gardener.logging.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.Value;
import java.nio.ByteBuffer;

/** Finds a record's level and writes its severity. Not thread-safe. */
final class Level {
  /** In the order in which they count. */
  static final Names NAMES =
      new Names(
          new String[] {"level"},
          new String[] {"severity"},
          new String[] {"loglevel"},
          new String[] {"log_level"},
          new String[] {"lvl"});

  private static final byte[][] DIGITS = new byte[100][];

  static {
    for (int i = 0; i < DIGITS.length; i++) {
      DIGITS[i] = Integer.toString(i).getBytes(UTF_8);
    }
  }

  private final Text text;
  private final Value value = new Value();

  Level(Text text) {
    this.text = text;
  }

  /** Writes the severity of a record whose keys are indexed and whose body is known. */
  void write(ProtoBuffer record, ByteBuffer in, int end, RecordKeys keys, Body body) {
    for (int rank = 0; rank < keys.levelNames(); rank++) {
      int pair = keys.level(rank);
      if (pair >= 0 && fields(record, in, keys.valueAt(pair), end)) {
        keys.take(pair);
        return;
      }
    }
    if (body.isMap()) {
      ofMap(record, body.mapBytes(), body.mapAt(), body.mapEnd());
    }
  }

  /** Looks for the level in a body that is a map; the first of the names in their order counts. */
  private void ofMap(ProtoBuffer record, ByteBuffer in, int mapAt, int end) {
    int at = value.read(in, mapAt, end);
    int best = NAMES.count();
    int bestAt = EventDecoder.NONE;
    for (int pairs = value.length; pairs > 0; pairs--) {
      int valueAt = value.read(in, at, end);
      if (value.kind == Value.STRING) {
        int code = NAMES.code(in, value.offset, value.length);
        if (code != Names.UNKNOWN && code <= best) {
          best = code;
          bestAt = valueAt;
        }
      } else {
        valueAt = value.skip(in, at, end);
      }
      at = value.skip(in, valueAt, end);
    }
    if (bestAt != EventDecoder.NONE) {
      fields(record, in, bestAt, end);
    }
  }

  /** Writes number and text of a level; false when the value is no level at all. */
  private boolean fields(ProtoBuffer record, ByteBuffer in, int at, int end) {
    value.read(in, at, end);
    if (value.kind != Value.STRING && value.kind != Value.INTEGER && value.kind != Value.FLOAT) {
      return false;
    }
    int number = Severity.of(in, value);
    if (number != SeverityTable.UNSPECIFIED) {
      record.varintField(Fields.RECORD_SEVERITY_NUMBER, number);
    }
    if (value.kind == Value.STRING) {
      text.field(record, Fields.RECORD_SEVERITY_TEXT, in, value.offset, value.length);
    } else {
      numberField(record, Fields.RECORD_SEVERITY_TEXT);
    }
    return true;
  }

  /** The number at hand as decimal digits; what is no small integer is rare enough for a string. */
  private void numberField(ProtoBuffer record, int tag) {
    if (value.kind == Value.INTEGER && value.integer >= 0 && value.integer < DIGITS.length) {
      record.bytesField(tag, DIGITS[(int) value.integer]);
    } else {
      String number =
          value.kind == Value.INTEGER ? Long.toString(value.integer) : Double.toString(value.real);
      record.bytesField(tag, number.getBytes(UTF_8));
    }
  }
}
