package cloud.gardener.logging.export.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.io.IOException;
import java.util.List;

/**
 * Writes OTLP's values and attributes as JSON. Recursive: how deep values nest is bounded by whoever
 * parsed them.
 */
final class OtlpJsonValues {
  private OtlpJsonValues() {}

  /** The field {@code attributes}; nothing where there are none. */
  static void writeAttributes(JsonGenerator json, List<KeyValue> attributes) throws IOException {
    if (!attributes.isEmpty()) {
      json.writeArrayFieldStart("attributes");
      writePairs(json, attributes);
      json.writeEndArray();
    }
  }

  /** One value as an object that names its type; an empty object for no value. */
  static void writeValue(JsonGenerator json, AnyValue value) throws IOException {
    json.writeStartObject();
    switch (value.getValueCase()) {
      case STRING_VALUE -> json.writeStringField("stringValue", value.getStringValue());
      case BOOL_VALUE -> json.writeBooleanField("boolValue", value.getBoolValue());
      case INT_VALUE -> json.writeStringField("intValue", Long.toString(value.getIntValue()));
      case DOUBLE_VALUE -> writeDouble(json, value.getDoubleValue());
      case BYTES_VALUE -> json.writeBinaryField("bytesValue", value.getBytesValue().toByteArray());
      case ARRAY_VALUE -> writeArray(json, value.getArrayValue().getValuesList());
      case KVLIST_VALUE -> writeMap(json, value.getKvlistValue().getValuesList());
      case STRING_VALUE_STRINDEX ->
          json.writeNumberField("stringValueStrindex", value.getStringValueStrindex());
      case VALUE_NOT_SET -> {
        // An empty object is OTLP's null.
      }
    }
    json.writeEndObject();
  }

  private static void writeArray(JsonGenerator json, List<AnyValue> values) throws IOException {
    json.writeObjectFieldStart("arrayValue");
    if (!values.isEmpty()) {
      json.writeArrayFieldStart("values");
      for (AnyValue value : values) {
        writeValue(json, value);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void writeMap(JsonGenerator json, List<KeyValue> pairs) throws IOException {
    json.writeObjectFieldStart("kvlistValue");
    if (!pairs.isEmpty()) {
      json.writeArrayFieldStart("values");
      writePairs(json, pairs);
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void writePairs(JsonGenerator json, List<KeyValue> pairs) throws IOException {
    for (KeyValue pair : pairs) {
      json.writeStartObject();
      if (!pair.getKey().isEmpty()) {
        json.writeStringField("key", pair.getKey());
      }
      if (pair.getKeyStrindex() != 0) {
        json.writeNumberField("keyStrindex", pair.getKeyStrindex());
      }
      if (pair.hasValue()) {
        json.writeFieldName("value");
        writeValue(json, pair.getValue());
      }
      json.writeEndObject();
    }
  }

  /** JSON has no number for these three; protobuf writes their names. */
  private static void writeDouble(JsonGenerator json, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField("doubleValue", value);
    } else {
      json.writeStringField("doubleValue", Double.toString(value));
    }
  }
}
