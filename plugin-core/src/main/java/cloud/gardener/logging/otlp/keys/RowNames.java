package cloud.gardener.logging.otlp.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cloud.gardener.logging.event.Value;
import cloud.gardener.logging.otlp.severity.Severity;
import cloud.gardener.logging.otlp.severity.SeverityTable;
import cloud.gardener.logging.otlp.value.Fields;
import cloud.gardener.logging.otlp.value.ProtoBuffer;
import cloud.gardener.logging.otlp.value.ReservedKeys;
import cloud.gardener.logging.otlp.value.Varint;

/**
 * Names that attributes must not have, because a backend that makes one row of a log record (such as VictoriaLogs) uses
 * them for the record's own fields: {@code severity_text} and {@code scope.name}, for example, are in every row. Such
 * an attribute would duplicate the column, hide the message, or crash the backend, so it gets another key.
 *
 * <p>{@code trace_id}, {@code span_id} and {@code event_name} are reserved only if the record has these fields: see
 * {@link #readFieldsOf}. Not thread-safe.
 */
public final class RowNames implements ReservedKeys {
  private static final int MESSAGE = 0;
  private static final int ALWAYS = 1;
  private static final int TRACE_ID = 2;
  private static final int SPAN_ID = 3;
  private static final int EVENT_NAME = 4;
  private static final int SCOPE = 5;

  private static final Names NAMES =
      new Names(
          new String[] {"_msg"},
          new String[] {
            "_time", "_stream", "_stream_id", "severity_number", "severity_text",
            "scope.name", "scope.version", "scope.attributes"
          },
          new String[] {"trace_id"},
          new String[] {"span_id"},
          new String[] {"event_name"},
          new String[] {"scope"});

  private static final byte[] SCOPE_ATTRIBUTES = "scope.attributes.".getBytes(US_ASCII);

  private final Value value = new Value();
  private int severityNumber;
  private byte[] textBytes;
  private int textAt;
  private int textLength;
  private boolean hasTraceId;
  private boolean hasSpanId;
  private boolean hasEventName;

  /** Assumes that every field is present: for attributes that many records share. */
  public void assumeAllPresent() {
    hasTraceId = true;
    hasSpanId = true;
    hasEventName = true;
  }

  /** Reads which fields the record has so far. */
  public void readFieldsOf(ProtoBuffer record) {
    severityNumber = SeverityTable.UNSPECIFIED;
    textLength = 0;
    hasTraceId = false;
    hasSpanId = false;
    hasEventName = false;
    byte[] array = record.array;
    int at = 0;
    while (at < record.size) {
      int tag = array[at++];
      switch (tag & 7) {
        case Fields.FIXED64 -> at += Long.BYTES;
        case Fields.FIXED32 -> at += Integer.BYTES;
        default -> {
          int length = Varint.value(array, at);
          at = Varint.end(array, at);
          field(array, tag, at, length);
          at += (tag & 7) == Fields.LEN ? length : 0;
        }
      }
    }
  }

  private void field(byte[] array, int tag, int at, int length) {
    switch (tag) {
      case Fields.RECORD_SEVERITY_NUMBER -> severityNumber = length;
      case Fields.RECORD_SEVERITY_TEXT -> {
        textBytes = array;
        textAt = at;
        textLength = length;
      }
      case Fields.RECORD_TRACE_ID -> hasTraceId = true;
      case Fields.RECORD_SPAN_ID -> hasSpanId = true;
      case Fields.RECORD_EVENT_NAME -> hasEventName = true;
      default -> { } // not a column in any backend
    }
  }

  /**
   * Marks the pairs {@code severity_number} and {@code severity_text} of a record as used if they equal its severity:
   * they would be redundant attributes.
   */
  public void markSeverityUsed(ProtoBuffer record, byte[] in, int end, RecordKeys keys) {
    int numberPair = keys.find(RecordKeys.SEVERITY_NUMBER);
    int textPair = keys.find(RecordKeys.SEVERITY_TEXT);
    if (numberPair < 0 && textPair < 0) {
      return;
    }
    readFieldsOf(record);
    if (numberPair >= 0 && severityNumber != SeverityTable.UNSPECIFIED) {
      value.read(in, keys.valueAt(numberPair), end);
      if (Severity.ofOtlp(in, value) == severityNumber) {
        keys.markUsed(numberPair);
      }
    }
    if (textPair >= 0 && isText(in, keys.valueAt(textPair), end)) {
      keys.markUsed(textPair);
    }
  }

  private boolean isText(byte[] in, int at, int end) {
    value.read(in, at, end);
    if (value.kind != Value.STRING || value.length != textLength || textLength == 0) {
      return false;
    }
    for (int i = 0; i < textLength; i++) {
      if (in[value.offset + i] != textBytes[textAt + i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean has(byte[] in, int at, int end) {
    return has(in, at, end, true);
  }

  /**
   * Whether a pair of the map has a reserved name. The map is the body of a record, which may have a message of its
   * own.
   */
  public boolean hasReservedKey(byte[] in, int mapAt, int end) {
    int at = value.read(in, mapAt, end);
    for (int pairs = value.length; pairs > 0; pairs--) {
      if (has(in, at, end, false)) {
        return true;
      }
      at = value.skip(in, value.skip(in, at, end), end);
    }
    return false;
  }

  private boolean has(byte[] in, int at, int end, boolean andMessage) {
    int valueAt = value.read(in, at, end);
    if (value.kind != Value.STRING) {
      return false;
    }
    return switch (NAMES.code(in, value.offset, value.length)) {
      case MESSAGE -> andMessage;
      case ALWAYS -> true;
      case TRACE_ID -> hasTraceId;
      case SPAN_ID -> hasSpanId;
      case EVENT_NAME -> hasEventName;
      case SCOPE -> {
        value.read(in, valueAt, end);
        yield value.kind == Value.MAP;
      }
      default -> isScopeAttribute(in);
    };
  }

  /** Whether the current string has the prefix of a scope attribute. */
  private boolean isScopeAttribute(byte[] in) {
    for (int i = 0; i < SCOPE_ATTRIBUTES.length; i++) {
      if (i == value.length || in[value.offset + i] != SCOPE_ATTRIBUTES[i]) {
        return false;
      }
    }
    return true;
  }
}
