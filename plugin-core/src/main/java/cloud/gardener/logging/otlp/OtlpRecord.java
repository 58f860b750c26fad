package cloud.gardener.logging.otlp;

import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.Value;
import java.nio.ByteBuffer;

/**
 * A record that came in as OTLP, through Fluent Bit's opentelemetry input: its metadata has a map {@code
 * otlp} with what a LogRecord has besides its body. It goes out as it came in.
 *
 * <p>Not thread-safe.
 */
final class OtlpRecord {
  private static final int OBSERVED = 0;
  private static final int TIME = 1;
  private static final int SEVERITY_NUMBER = 2;
  private static final int SEVERITY_TEXT = 3;
  private static final int ATTRIBUTES = 4;
  private static final int DROPPED = 5;
  private static final int TRACE_ID = 6;
  private static final int SPAN_ID = 7;
  private static final int FLAGS = 8;
  private static final int EVENT_NAME = 9;

  private static final Names NAMES =
      new Names(
          new String[] {"observed_timestamp"},
          new String[] {"timestamp"},
          new String[] {"severity_number"},
          new String[] {"severity_text"},
          new String[] {"attributes"},
          new String[] {"dropped_attributes_count"},
          new String[] {"trace_id"},
          new String[] {"span_id"},
          new String[] {"trace_flags"},
          new String[] {"event_name"});

  private static final Names OTLP = new Names(new String[] {"otlp"});
  private static final Names LOG = new Names(new String[] {"log"});

  private final Text text;
  private final AnyValues values;
  private final Value value = new Value();

  OtlpRecord(Text text, AnyValues values) {
    this.text = text;
    this.values = values;
  }

  /** Where the map {@code otlp} of the event's metadata begins, or {@link EventDecoder#NONE}. */
  int find(EventDecoder event) {
    if (event.metadataAt() == EventDecoder.NONE) {
      return EventDecoder.NONE;
    }
    ByteBuffer in = event.bytes();
    int at = value.read(in, event.metadataAt(), event.end());
    for (int pairs = value.length; pairs > 0; pairs--) {
      int valueAt = value.read(in, at, event.end());
      if (value.kind != Value.STRING) {
        valueAt = value.skip(in, at, event.end());
      } else if (OTLP.code(in, value.offset, value.length) != Names.UNKNOWN) {
        value.read(in, valueAt, event.end());
        return value.kind == Value.MAP ? valueAt : EventDecoder.NONE;
      }
      at = value.skip(in, valueAt, event.end());
    }
    return EventDecoder.NONE;
  }

  /** Writes the fields of the LogRecord. */
  void encode(ProtoBuffer out, EventDecoder event, int otlpAt) {
    ByteBuffer in = event.bytes();
    int end = event.end();
    boolean timed = false;
    int at = value.read(in, otlpAt, end);
    for (int pairs = value.length; pairs > 0; pairs--) {
      int valueAt = value.read(in, at, end);
      int code = Names.UNKNOWN;
      if (value.kind == Value.STRING) {
        code = NAMES.code(in, value.offset, value.length);
      } else {
        valueAt = value.skip(in, at, end);
      }
      int next = value.skip(in, valueAt, end);
      value.read(in, valueAt, end);
      if (code == ATTRIBUTES) {
        values.pairs(out, Fields.RECORD_ATTRIBUTES, in, valueAt, end);
      } else if (code != Names.UNKNOWN) {
        timed |= code == TIME && isNumber();
        field(out, code, in);
      }
      at = next;
    }
    if (!timed) {
      out.fixed64Field(Fields.RECORD_TIME, event.timeUnixNano());
    }
    body(out, in, event.bodyAt(), end);
  }

  /** Writes the value at hand; one of a type that does not fit is left out. */
  private void field(ProtoBuffer out, int code, ByteBuffer in) {
    switch (code) {
      case OBSERVED -> fixed64(out, Fields.RECORD_OBSERVED_TIME);
      case TIME -> fixed64(out, Fields.RECORD_TIME);
      case SEVERITY_NUMBER -> varint(out, Fields.RECORD_SEVERITY_NUMBER, Severity.FATAL4);
      case SEVERITY_TEXT -> string(out, Fields.RECORD_SEVERITY_TEXT, in);
      case DROPPED -> varint(out, Fields.RECORD_DROPPED, 0xffffffffL);
      case TRACE_ID -> Hex.idField(out, Fields.RECORD_TRACE_ID, Hex.TRACE_ID_BYTES, in, value);
      case SPAN_ID -> Hex.idField(out, Fields.RECORD_SPAN_ID, Hex.SPAN_ID_BYTES, in, value);
      case EVENT_NAME -> string(out, Fields.RECORD_EVENT_NAME, in);
      case FLAGS -> {
        if (value.kind == Value.INTEGER && value.integer > 0) {
          out.fixed32Field(Fields.RECORD_FLAGS, (int) value.integer);
        }
      }
      default -> throw new IllegalStateException("no such name: " + code);
    }
  }

  private boolean isNumber() {
    return value.kind == Value.INTEGER || value.kind == Value.UNSIGNED;
  }

  private void fixed64(ProtoBuffer out, int tag) {
    if (isNumber()) {
      out.fixed64Field(tag, value.integer);
    }
  }

  private void varint(ProtoBuffer out, int tag, long highest) {
    if (value.kind == Value.INTEGER && value.integer > 0 && value.integer <= highest) {
      out.varintField(tag, value.integer);
    }
  }

  private void string(ProtoBuffer out, int tag, ByteBuffer in) {
    if (value.kind == Value.STRING && value.length > 0) {
      text.field(out, tag, in, value.offset, value.length);
    }
  }

  /** The body is the event's map, or what its only key {@code log} holds; nil is no body. */
  private void body(ProtoBuffer out, ByteBuffer in, int mapAt, int end) {
    int bodyAt = mapAt;
    int first = value.read(in, mapAt, end);
    if (value.length == 1) {
      int valueAt = value.read(in, first, end);
      if (value.kind == Value.STRING && LOG.code(in, value.offset, value.length) != Names.UNKNOWN) {
        bodyAt = valueAt;
      }
    }
    value.read(in, bodyAt, end);
    if (value.kind != Value.NIL) {
      values.field(out, Fields.RECORD_BODY, in, bodyAt, end);
    }
  }
}
