package cloud.gardener.logging.otlp;

import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.Value;
import cloud.gardener.logging.otlp.keys.Names;
import cloud.gardener.logging.otlp.severity.SeverityTable;
import cloud.gardener.logging.otlp.value.AnyValues;
import cloud.gardener.logging.otlp.value.Fields;
import cloud.gardener.logging.otlp.value.Hex;
import cloud.gardener.logging.otlp.value.ProtoBuffer;
import cloud.gardener.logging.otlp.value.Text;

/**
 * Encodes a record that arrived as OTLP through Fluent Bit's opentelemetry input. Its metadata has a map {@code otlp}
 * with the fields of the LogRecord except the body. The record is sent as it arrived.
 *
 * <p>Not thread-safe.
 */
final class OtlpRecord {
  private static final int OBSERVED = 0;
  private static final int TIME = 1;
  private static final int SEVERITY_NUMBER = 2;
  private static final int SEVERITY_TEXT = 3;
  private static final int DROPPED = 4;
  private static final int TRACE_ID = 5;
  private static final int SPAN_ID = 6;
  private static final int FLAGS = 7;
  private static final int EVENT_NAME = 8;

  private static final Names NAMES =
      new Names(
          new String[] {"observed_timestamp"},
          new String[] {"timestamp"},
          new String[] {"severity_number"},
          new String[] {"severity_text"},
          new String[] {"dropped_attributes_count"},
          new String[] {"trace_id"},
          new String[] {"span_id"},
          new String[] {"trace_flags"},
          new String[] {"event_name"});

  private static final Names LOG = new Names(new String[] {"log"});

  private final Text text;
  private final AnyValues values;
  private final Value value = new Value();
  private int dropped;
  private int mapAt;

  OtlpRecord(Text text, AnyValues values) {
    this.text = text;
    this.values = values;
  }

  /**
   * Writes the fields of the LogRecord except its attributes and the count of dropped attributes.
   *
   * @param observedUnixNano for a record without an observed timestamp
   * @param asText whether a body that is a map becomes JSON text
   */
  void encode(
      ProtoBuffer out, EventDecoder event, int otlpAt, long observedUnixNano, boolean asText) {
    dropped = 0;
    byte[] in = event.bytes();
    int end = event.end();
    boolean timed = false;
    boolean observed = false;
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
      if (code != Names.UNKNOWN) {
        timed |= code == TIME && isTime();
        observed |= code == OBSERVED && isTime();
        field(out, code, in);
      }
      at = next;
    }
    if (!timed && event.timeUnixNano() != 0) {
      out.fixed64Field(Fields.RECORD_TIME, event.timeUnixNano());
    }
    if (!observed) {
      out.fixed64Field(Fields.RECORD_OBSERVED_TIME, observedUnixNano);
    }
    body(out, in, event.bodyAt(), end, asText);
  }

  /** Offset of the map that is the body, or {@link EventDecoder#NONE}. */
  int mapAt() {
    return mapAt;
  }

  /** The record's own count of attributes that were dropped before; an unsigned number. */
  int dropped() {
    return dropped;
  }

  /** Writes the current value; a value of another type than the field's is omitted. */
  private void field(ProtoBuffer out, int code, byte[] in) {
    switch (code) {
      case OBSERVED -> fixed64(out, Fields.RECORD_OBSERVED_TIME);
      case TIME -> fixed64(out, Fields.RECORD_TIME);
      case SEVERITY_NUMBER -> varint(out, Fields.RECORD_SEVERITY_NUMBER, SeverityTable.FATAL4);
      case SEVERITY_TEXT -> string(out, Fields.RECORD_SEVERITY_TEXT, in);
      case DROPPED -> {
        if (value.kind == Value.INTEGER && value.integer > 0 && value.integer <= 0xffffffffL) {
          dropped = (int) value.integer;
        }
      }
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

  /** Whether the current value is a known time: zero means unknown. */
  private boolean isTime() {
    return (value.kind == Value.INTEGER || value.kind == Value.UNSIGNED) && value.integer != 0;
  }

  private void fixed64(ProtoBuffer out, int tag) {
    if (isTime()) {
      out.fixed64Field(tag, value.integer);
    }
  }

  private void varint(ProtoBuffer out, int tag, long highest) {
    if (value.kind == Value.INTEGER && value.integer > 0 && value.integer <= highest) {
      out.varintField(tag, value.integer);
    }
  }

  private void string(ProtoBuffer out, int tag, byte[] in) {
    if (value.kind == Value.STRING && value.length > 0) {
      text.field(out, tag, in, value.offset, value.length);
    }
  }

  /** Writes the body: the event's map, or the value of {@code log} if that is its only key; nil is no body. */
  private void body(ProtoBuffer out, byte[] in, int eventAt, int end, boolean asText) {
    int bodyAt = eventAt;
    int first = value.read(in, eventAt, end);
    if (value.length == 1) {
      int valueAt = value.read(in, first, end);
      if (value.kind == Value.STRING && LOG.code(in, value.offset, value.length) != Names.UNKNOWN) {
        bodyAt = valueAt;
      }
    }
    value.read(in, bodyAt, end);
    mapAt = value.kind == Value.MAP ? bodyAt : EventDecoder.NONE;
    if (value.kind == Value.MAP && asText) {
      values.text(out, Fields.RECORD_BODY, in, bodyAt, end);
    } else if (value.kind != Value.NIL) {
      values.field(out, Fields.RECORD_BODY, in, bodyAt, end);
    }
  }
}
