package cloud.gardener.logging.otlp;

import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.Value;
import cloud.gardener.logging.otlp.keys.Names;
import java.nio.ByteBuffer;

/**
 * The map {@code otlp} in a record's metadata, and what it says about the record.
 *
 * <p>Fluent Bit's opentelemetry input writes it for each record that came in as OTLP. But the
 * content_modifier processor, too, makes one with a map {@code attributes} in it (context {@code
 * otel_log_attributes}), in any record; and the opentelemetry_envelope processor puts any record into a
 * group of schema {@code otlp}. So a record came in as OTLP when the map has a field that only the input
 * writes; or, where it has none, when its group is one that only the input makes: without a scope, or
 * with a schema or a count of dropped attributes. Every other record is what it was before somebody
 * added attributes to it.
 *
 * <p>Not thread-safe.
 */
final class OtlpMetadata {
  private static final Names OTLP = new Names(new String[] {"otlp"});

  private static final int ATTRIBUTES = 0;

  private static final Names FIELDS =
      new Names(
          new String[] {"attributes"},
          new String[] {
            "observed_timestamp", "timestamp", "severity_number", "severity_text",
            "dropped_attributes_count", "trace_id", "span_id", "trace_flags", "event_name"
          });

  private static final int RESOURCE = 0;
  private static final int SCOPE = 1;
  private static final int OF_INPUT = 2;

  private static final Names GROUP =
      new Names(
          new String[] {"resource"},
          new String[] {"scope"},
          new String[] {"schema_url", "dropped_attributes_count"});

  private final Value value = new Value();

  private int mapAt;
  private int attributesAt;
  private boolean isOtlp;

  private long groupNumber = -1;
  private boolean groupIsOfInput;

  /** Looks at the decoder's current record. */
  void read(EventDecoder event) {
    isOtlp = false;
    attributesAt = EventDecoder.NONE;
    mapAt = find(event);
    if (mapAt == EventDecoder.NONE) {
      return;
    }
    ByteBuffer in = event.bytes();
    int end = event.end();
    int at = value.read(in, mapAt, end);
    boolean empty = value.length == 0;
    for (int pairs = value.length; pairs > 0; pairs--) {
      int code = Names.UNKNOWN;
      int valueAt = value.read(in, at, end);
      if (value.kind == Value.STRING) {
        code = FIELDS.code(in, value.offset, value.length);
      } else {
        valueAt = value.skip(in, at, end);
      }
      if (code == ATTRIBUTES) {
        attributesAt = valueAt;
      } else {
        isOtlp |= code != Names.UNKNOWN;
      }
      at = value.skip(in, valueAt, end);
    }
    boolean grouped = event.groupAt() != EventDecoder.NONE;
    isOtlp |= grouped && (empty || isOfInput(event));
  }

  /** Where the map begins, or {@link EventDecoder#NONE}. */
  private int find(EventDecoder event) {
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

  private boolean isOfInput(EventDecoder event) {
    if (groupNumber != event.groupNumber()) {
      groupNumber = event.groupNumber();
      groupIsOfInput = isOfInput(event.bytes(), event.groupAt(), event.end(), 0);
    }
    return groupIsOfInput;
  }

  /** Looks into a group's map, or into the resource or the scope in it. */
  private boolean isOfInput(ByteBuffer in, int from, int end, int depth) {
    boolean found = false;
    boolean scoped = false;
    int at = value.read(in, from, end);
    int pairs = value.kind == Value.MAP ? value.length : 0;
    for (; pairs > 0; pairs--) {
      int code = Names.UNKNOWN;
      int valueAt = value.read(in, at, end);
      if (value.kind == Value.STRING) {
        code = GROUP.code(in, value.offset, value.length);
      } else {
        valueAt = value.skip(in, at, end);
      }
      at = value.skip(in, valueAt, end);
      scoped |= code == SCOPE;
      if (depth == 0 && (code == RESOURCE || code == SCOPE)) {
        found |= isOfInput(in, valueAt, end, 1);
      }
      found |= depth == 1 && code == OF_INPUT;
    }
    return found || depth == 0 && !scoped;
  }

  /** Whether the record came in as OTLP. */
  boolean isOtlp() {
    return isOtlp;
  }

  /** Where the map begins, if there is one. */
  int mapAt() {
    return mapAt;
  }

  /** Where the value of {@code attributes} begins, or {@link EventDecoder#NONE}. */
  int attributesAt() {
    return attributesAt;
  }
}
