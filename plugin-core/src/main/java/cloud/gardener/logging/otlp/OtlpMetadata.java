package cloud.gardener.logging.otlp;

import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.Value;
import cloud.gardener.logging.otlp.keys.Names;

/**
 * Reads the map {@code otlp} in a record's metadata and decides whether the record arrived as OTLP.
 *
 * <p>Fluent Bit's opentelemetry input writes the map for each record that arrives as OTLP. Two others make similar
 * records. The content_modifier processor (context {@code otel_log_attributes}) creates the map with a map {@code
 * attributes} in it, in any record. The opentelemetry_envelope processor puts any record into a group of schema {@code
 * otlp}.
 *
 * <p>So a record arrived as OTLP if the map has a field that only the input writes. If the map has none, the record
 * arrived as OTLP if its group is one that only the input makes: without a scope, or with a schema URL or a count of
 * dropped attributes. Any other record is an ordinary one to which attributes were added.
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

  /** Reads the metadata of the decoder's current record. */
  void read(EventDecoder event) {
    isOtlp = false;
    attributesAt = EventDecoder.NONE;
    mapAt = find(event);
    if (mapAt == EventDecoder.NONE) {
      return;
    }
    byte[] in = event.bytes();
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

  /** Returns the offset of the map, or {@link EventDecoder#NONE}. */
  private int find(EventDecoder event) {
    if (event.metadataAt() == EventDecoder.NONE) {
      return EventDecoder.NONE;
    }
    byte[] in = event.bytes();
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

  /** Searches a group's map, or the resource or the scope in it. */
  private boolean isOfInput(byte[] in, int from, int end, int depth) {
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

  boolean isOtlp() {
    return isOtlp;
  }

  /** Offset of the map, or {@link EventDecoder#NONE}. */
  int mapAt() {
    return mapAt;
  }

  /** Offset of the value of {@code attributes}, or {@link EventDecoder#NONE}. */
  int attributesAt() {
    return attributesAt;
  }
}
