package cloud.gardener.logging.otlp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cloud.gardener.logging.config.MappingConfig;
import cloud.gardener.logging.event.Value;
import cloud.gardener.logging.otlp.keys.RecordKeys;
import cloud.gardener.logging.otlp.severity.LevelNames;
import cloud.gardener.logging.otlp.severity.LevelPairs;
import cloud.gardener.logging.otlp.severity.Severity;
import cloud.gardener.logging.otlp.severity.SeverityTable;
import cloud.gardener.logging.otlp.severity.TextLevel;
import cloud.gardener.logging.otlp.value.Fields;
import cloud.gardener.logging.otlp.value.ProtoBuffer;
import cloud.gardener.logging.otlp.value.Text;
import java.util.Arrays;

/**
 * Finds a record's level and writes its severity. A level is a field with one of the configured names and a value that
 * {@link SeverityTable} knows, in the record or else in a body that is a map. If there is none, the text of the message
 * is searched. A string that names no known level is still written as the severity text. The field itself remains an
 * attribute.
 *
 * <p>Not thread-safe.
 */
final class Level {
  private static final int NONE = -1;
  private static final int LOWEST_NUMBER = -128;
  private static final byte[][] DIGITS = new byte[LOWEST_NUMBER + 512][];

  static {
    for (int i = 0; i < DIGITS.length; i++) {
      DIGITS[i] = Integer.toString(i + LOWEST_NUMBER).getBytes(US_ASCII);
    }
  }

  private final LevelNames names;
  private final boolean fromText;
  private final Text text;
  private final TextLevel textLevel;
  private final Value value = new Value();

  /** Offsets of the values of the level names found in a body's map, by rank. */
  private final int[] found;

  // A level of unknown value; the first one counts, and any string takes precedence over a number.
  private byte[] unknownBytes;
  private int unknownAt;
  private int unknownEnd;
  private boolean unknownIsString;

  Level(MappingConfig mapping, LevelNames names, Text text) {
    this.names = names;
    this.fromText = mapping.severityFromText();
    this.text = text;
    this.textLevel = new TextLevel(names);
    this.found = new int[names.count()];
  }

  /** Writes the severity of a record whose keys are indexed and whose body is known. */
  void write(ProtoBuffer record, byte[] in, int end, RecordKeys keys, Body body) {
    if (keys.levels().count() > 0 || body.isMap()) {
      ofFields(record, in, end, keys, body);
    } else if (fromText && body.isText()) {
      ofText(record, body);
    }
  }

  private void ofFields(ProtoBuffer record, byte[] in, int end, RecordKeys keys, Body body) {
    unknownBytes = null;
    unknownIsString = false;
    if (ofRecord(record, in, end, keys)
        || body.isMap() && ofMap(record, body.mapBytes(), body.mapAt(), body.mapEnd())
        || fromText && body.isText() && ofText(record, body)) {
      return;
    }
    if (unknownBytes != null) {
      value.read(unknownBytes, unknownAt, unknownEnd);
      textField(record, unknownBytes);
    }
  }

  private boolean ofRecord(ProtoBuffer record, byte[] in, int end, RecordKeys keys) {
    LevelPairs pairs = keys.levels();
    for (int candidate = 0; candidate < pairs.count(); candidate++) {
      int rank = pairs.rank(candidate);
      int pair = pairs.find(rank);
      int parent = pairs.findParent(rank);
      int at = pair != NONE ? keys.valueAt(pair) : NONE;
      if (pair == NONE && parent != NONE && keys.pairs().kind(parent) == Value.MAP) {
        at = inParent(in, keys.valueAt(parent), end, rank);
      }
      if (at != NONE && fields(record, in, at, end, rank)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the offset of a name's value in its parent, or NONE. */
  private int inParent(byte[] in, int parentAt, int end, int rank) {
    int at = value.read(in, parentAt, end);
    int foundAt = NONE;
    for (int pairs = value.kind == Value.MAP ? value.length : 0; pairs > 0; pairs--) {
      int valueAt = value.read(in, at, end);
      if (value.kind != Value.STRING) {
        valueAt = value.skip(in, at, end);
      } else if (names.rankIn(names.parentOf(rank), in, value.offset, value.length) == rank) {
        foundAt = valueAt;
      }
      at = value.skip(in, valueAt, end);
    }
    return foundAt;
  }

  private boolean ofMap(ProtoBuffer record, byte[] in, int mapAt, int end) {
    Arrays.fill(found, NONE);
    int at = value.read(in, mapAt, end);
    for (int pairs = value.length; pairs > 0; pairs--) {
      int valueAt = value.read(in, at, end);
      if (value.kind == Value.STRING) {
        indexPair(in, value.offset, value.length, valueAt, end);
      } else {
        valueAt = value.skip(in, at, end);
      }
      at = value.skip(in, valueAt, end);
    }
    for (int rank = 0; rank < found.length; rank++) {
      if (found[rank] != NONE && fields(record, in, found[rank], end, rank)) {
        return true;
      }
    }
    return false;
  }

  private void indexPair(byte[] in, int offset, int length, int valueAt, int end) {
    int rank = names.rank(in, offset, length);
    if (rank != NONE) {
      found[rank] = valueAt;
    }
    int parent = names.parent(in, offset, length);
    for (int inner = 0; parent != NONE && inner < found.length; inner++) {
      if (names.parentOf(inner) == parent && found[inner] == NONE) {
        found[inner] = inParent(in, valueAt, end, inner);
      }
    }
  }

  private boolean ofText(ProtoBuffer record, Body body) {
    byte[] in = body.textBytes();
    int at = body.textOffset();
    int length = body.textLength();
    int number = textLevel.find(in, at, length);
    if (number == SeverityTable.UNSPECIFIED) {
      return false;
    }
    record.varintField(Fields.RECORD_SEVERITY_NUMBER, number);
    text.field(record, Fields.RECORD_SEVERITY_TEXT, in, textLevel.offset, textLevel.length);
    return true;
  }

  /** Writes number and text of a known level; returns false, with nothing written, when the level is unknown. */
  private boolean fields(ProtoBuffer record, byte[] in, int at, int end, int rank) {
    value.read(in, at, end);
    boolean otlp = names.isOtlpNumber(rank);
    int number = otlp ? Severity.ofOtlp(in, value) : Severity.of(in, value);
    if (number == SeverityTable.UNSPECIFIED) {
      rememberUnknown(in, at, end);
      return false;
    }
    record.varintField(Fields.RECORD_SEVERITY_NUMBER, number);
    boolean named = value.kind == Value.STRING && !otlp;
    if (!named && unknownIsString) {
      value.read(unknownBytes, unknownAt, unknownEnd);
      textField(record, unknownBytes);
    } else if (!otlp) {
      textField(record, in);
    }
    return true;
  }

  /** Records the current value, which names no known level. */
  private void rememberUnknown(byte[] in, int at, int end) {
    boolean isString = value.kind == Value.STRING && value.length > 0 && value.length <= Severity.LONGEST;
    boolean isNumber = value.kind == Value.INTEGER || value.kind == Value.FLOAT;
    if (isString && !unknownIsString || isNumber && unknownBytes == null) {
      unknownBytes = in;
      unknownAt = at;
      unknownEnd = end;
      unknownIsString = isString;
    }
  }

  /** Writes the current value as the severity text. */
  private void textField(ProtoBuffer record, byte[] in) {
    if (value.kind == Value.STRING) {
      text.field(record, Fields.RECORD_SEVERITY_TEXT, in, value.offset, value.length);
    } else {
      numberField(record);
    }
  }

  /**
   * Writes the current number as decimal digits. Numbers outside the table of small integers are rare: they may
   * allocate.
   */
  private void numberField(ProtoBuffer record) {
    boolean whole = value.kind == Value.INTEGER || value.real == (long) value.real;
    long index = (value.kind == Value.INTEGER ? value.integer : (long) value.real) - LOWEST_NUMBER;
    if (whole && index >= 0 && index < DIGITS.length) {
      record.bytesField(Fields.RECORD_SEVERITY_TEXT, DIGITS[(int) index]);
    } else {
      String number =
          value.kind == Value.INTEGER ? Long.toString(value.integer) : Double.toString(value.real);
      record.bytesField(Fields.RECORD_SEVERITY_TEXT, number.getBytes(US_ASCII));
    }
  }
}
