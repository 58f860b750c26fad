package cloud.gardener.logging.export.http;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.EntityRef;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/**
 * Writes messages of OTLP as JSON, field by field, in the order of their numbers. OTLP/JSON is protobuf's JSON (names in
 * camelCase, numbers of 64 bits as strings, bytes as base64, no field that has its default), except that ids are hex and
 * enums are numbers.
 *
 * <p>Protobuf's own writer finds the fields by reflection and needs a second pass over the text, because it escapes the
 * characters {@code = < > & '}, of which logs are full. The tests compare with it, for every field that the messages have.
 *
 * <p>Not thread-safe: as the generator.
 */
final class OtlpJsonWriter {
  private static final SerializableString RESOURCE_LOGS = new SerializedString("resourceLogs");
  private static final SerializableString RESOURCE = new SerializedString("resource");
  private static final SerializableString ENTITY_REFS = new SerializedString("entityRefs");
  private static final SerializableString TYPE = new SerializedString("type");
  private static final SerializableString ID_KEYS = new SerializedString("idKeys");
  private static final SerializableString DESCRIPTION_KEYS = new SerializedString("descriptionKeys");
  private static final SerializableString SCOPE_LOGS = new SerializedString("scopeLogs");
  private static final SerializableString SCOPE = new SerializedString("scope");
  private static final SerializableString NAME = new SerializedString("name");
  private static final SerializableString VERSION = new SerializedString("version");
  private static final SerializableString LOG_RECORDS = new SerializedString("logRecords");
  private static final SerializableString SCHEMA_URL = new SerializedString("schemaUrl");
  private static final SerializableString TIME = new SerializedString("timeUnixNano");
  private static final SerializableString OBSERVED_TIME = new SerializedString("observedTimeUnixNano");
  private static final SerializableString SEVERITY_NUMBER = new SerializedString("severityNumber");
  private static final SerializableString SEVERITY_TEXT = new SerializedString("severityText");
  private static final SerializableString BODY = new SerializedString("body");
  private static final SerializableString ATTRIBUTES = new SerializedString("attributes");
  private static final SerializableString DROPPED_ATTRIBUTES = new SerializedString("droppedAttributesCount");
  private static final SerializableString FLAGS = new SerializedString("flags");
  private static final SerializableString TRACE_ID = new SerializedString("traceId");
  private static final SerializableString SPAN_ID = new SerializedString("spanId");
  private static final SerializableString EVENT_NAME = new SerializedString("eventName");
  private static final SerializableString KEY = new SerializedString("key");
  private static final SerializableString KEY_INDEX = new SerializedString("keyStrindex");
  private static final SerializableString VALUE = new SerializedString("value");
  private static final SerializableString VALUES = new SerializedString("values");
  private static final SerializableString STRING_VALUE = new SerializedString("stringValue");
  private static final SerializableString STRING_INDEX = new SerializedString("stringValueStrindex");
  private static final SerializableString BOOL_VALUE = new SerializedString("boolValue");
  private static final SerializableString INT_VALUE = new SerializedString("intValue");
  private static final SerializableString DOUBLE_VALUE = new SerializedString("doubleValue");
  private static final SerializableString ARRAY_VALUE = new SerializedString("arrayValue");
  private static final SerializableString KVLIST_VALUE = new SerializedString("kvlistValue");
  private static final SerializableString BYTES_VALUE = new SerializedString("bytesValue");

  private final JsonGenerator json;

  OtlpJsonWriter(JsonGenerator json) {
    this.json = json;
  }

  void write(ExportLogsServiceRequest request) {
    json.writeStartObject();
    writeList(RESOURCE_LOGS, request.getResourceLogsList(), this::writeResourceLogs);
    json.writeEndObject();
  }

  private void writeResourceLogs(ResourceLogs logs) {
    json.writeStartObject();
    if (logs.hasResource()) {
      json.writeName(RESOURCE);
      writeResource(logs.getResource());
    }
    writeList(SCOPE_LOGS, logs.getScopeLogsList(), this::writeScopeLogs);
    writeText(SCHEMA_URL, logs.getSchemaUrl());
    json.writeEndObject();
  }

  private void writeResource(Resource resource) {
    json.writeStartObject();
    writeAttributes(ATTRIBUTES, resource.getAttributesList());
    writeUnsigned(DROPPED_ATTRIBUTES, resource.getDroppedAttributesCount());
    writeList(ENTITY_REFS, resource.getEntityRefsList(), this::writeEntityRef);
    json.writeEndObject();
  }

  private void writeEntityRef(EntityRef entity) {
    json.writeStartObject();
    writeText(SCHEMA_URL, entity.getSchemaUrl());
    writeText(TYPE, entity.getType());
    writeList(ID_KEYS, entity.getIdKeysList(), json::writeString);
    writeList(DESCRIPTION_KEYS, entity.getDescriptionKeysList(), json::writeString);
    json.writeEndObject();
  }

  private void writeScopeLogs(ScopeLogs logs) {
    json.writeStartObject();
    if (logs.hasScope()) {
      json.writeName(SCOPE);
      writeScope(logs.getScope());
    }
    writeList(LOG_RECORDS, logs.getLogRecordsList(), this::writeRecord);
    writeText(SCHEMA_URL, logs.getSchemaUrl());
    json.writeEndObject();
  }

  private void writeScope(InstrumentationScope scope) {
    json.writeStartObject();
    writeText(NAME, scope.getName());
    writeText(VERSION, scope.getVersion());
    writeAttributes(ATTRIBUTES, scope.getAttributesList());
    writeUnsigned(DROPPED_ATTRIBUTES, scope.getDroppedAttributesCount());
    json.writeEndObject();
  }

  private void writeRecord(LogRecord record) {
    json.writeStartObject();
    writeTime(TIME, record.getTimeUnixNano());
    writeNumber(SEVERITY_NUMBER, record.getSeverityNumberValue());
    writeText(SEVERITY_TEXT, record.getSeverityText());
    if (record.hasBody()) {
      json.writeName(BODY);
      writeValue(record.getBody());
    }
    writeAttributes(ATTRIBUTES, record.getAttributesList());
    writeUnsigned(DROPPED_ATTRIBUTES, record.getDroppedAttributesCount());
    writeUnsigned(FLAGS, record.getFlags());
    writeId(TRACE_ID, record.getTraceId());
    writeId(SPAN_ID, record.getSpanId());
    writeTime(OBSERVED_TIME, record.getObservedTimeUnixNano());
    writeText(EVENT_NAME, record.getEventName());
    json.writeEndObject();
  }

  private void writeAttributes(SerializableString name, List<KeyValue> attributes) {
    writeList(name, attributes, this::writeAttribute);
  }

  private void writeAttribute(KeyValue attribute) {
    json.writeStartObject();
    writeText(KEY, attribute.getKey());
    if (attribute.hasValue()) {
      json.writeName(VALUE);
      writeValue(attribute.getValue());
    }
    writeNumber(KEY_INDEX, attribute.getKeyStrindex());
    json.writeEndObject();
  }

  /** A value that is set is written, also if it is the default of its type. */
  private void writeValue(AnyValue value) {
    json.writeStartObject();
    switch (value.getValueCase()) {
      case STRING_VALUE -> json.writeName(STRING_VALUE).writeString(value.getStringValue());
      case BOOL_VALUE -> json.writeName(BOOL_VALUE).writeBoolean(value.getBoolValue());
      case INT_VALUE -> json.writeName(INT_VALUE).writeString(Long.toString(value.getIntValue()));
      case DOUBLE_VALUE -> json.writeName(DOUBLE_VALUE).writeNumber(value.getDoubleValue());
      case ARRAY_VALUE -> {
        json.writeName(ARRAY_VALUE).writeStartObject();
        writeList(VALUES, value.getArrayValue().getValuesList(), this::writeValue);
        json.writeEndObject();
      }
      case KVLIST_VALUE -> {
        json.writeName(KVLIST_VALUE).writeStartObject();
        writeAttributes(VALUES, value.getKvlistValue().getValuesList());
        json.writeEndObject();
      }
      case BYTES_VALUE -> json.writeName(BYTES_VALUE).writeBinary(value.getBytesValue().toByteArray());
      case STRING_VALUE_STRINDEX -> json.writeName(STRING_INDEX).writeNumber(value.getStringValueStrindex());
      case VALUE_NOT_SET -> {
        // An empty object.
      }
    }
    json.writeEndObject();
  }

  private <T> void writeList(SerializableString name, List<T> values, Consumer<T> writer) {
    if (!values.isEmpty()) {
      json.writeName(name).writeStartArray();
      values.forEach(writer);
      json.writeEndArray();
    }
  }

  private void writeText(SerializableString name, String text) {
    if (!text.isEmpty()) {
      json.writeName(name).writeString(text);
    }
  }

  private void writeNumber(SerializableString name, int number) {
    if (number != 0) {
      json.writeName(name).writeNumber(number);
    }
  }

  private void writeUnsigned(SerializableString name, int number) {
    if (number != 0) {
      json.writeName(name).writeNumber(Integer.toUnsignedLong(number));
    }
  }

  private void writeTime(SerializableString name, long unixNanos) {
    if (unixNanos != 0) {
      json.writeName(name).writeString(Long.toUnsignedString(unixNanos));
    }
  }

  private void writeId(SerializableString name, ByteString id) {
    if (!id.isEmpty()) {
      json.writeName(name).writeString(HexFormat.of().formatHex(id.toByteArray()));
    }
  }
}
