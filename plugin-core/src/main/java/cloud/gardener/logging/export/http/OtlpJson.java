package cloud.gardener.logging.export.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.EntityRef;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes logs as OTLP/JSON: a request as a whole, or a line per record, each a whole {@code
 * {"resourceLogs":[...]}} that jq and a collector's OTLP JSON file receiver read by itself.
 *
 * <p>OTLP/JSON is protobuf's JSON but for ids, which are hex, and enums, which are numbers. 64-bit
 * integers are strings, names are camelCase, fields with their default value are left out.
 *
 * <p>Thread-safe: keeps nothing.
 */
public final class OtlpJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private OtlpJson() {}

  /**
   * Writes one line per record, in UTF-8, each ended by a line feed.
   *
   * @param request the records with their resources and scopes
   * @param out is written in small pieces: hand in a buffer; stays open
   * @throws IOException what {@code out} throws
   */
  public static void writeLines(ExportLogsServiceRequest request, OutputStream out)
      throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.setRootValueSeparator(null);
      for (ResourceLogs resourceLogs : request.getResourceLogsList()) {
        for (ScopeLogs scopeLogs : resourceLogs.getScopeLogsList()) {
          for (LogRecord record : scopeLogs.getLogRecordsList()) {
            startRequest(json);
            startResourceLogs(json, resourceLogs);
            startScopeLogs(json, scopeLogs);
            writeRecord(json, record);
            endScopeLogs(json, scopeLogs);
            endResourceLogs(json, resourceLogs);
            endRequest(json);
            json.writeRaw('\n');
          }
        }
      }
    }
  }

  /**
   * Writes the whole request, in UTF-8.
   *
   * @param out is written in pieces of some kilobytes; stays open
   * @throws IOException what {@code out} throws
   */
  static void writeRequest(ExportLogsServiceRequest request, OutputStream out)
      throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      startRequest(json);
      for (ResourceLogs resourceLogs : request.getResourceLogsList()) {
        startResourceLogs(json, resourceLogs);
        for (ScopeLogs scopeLogs : resourceLogs.getScopeLogsList()) {
          startScopeLogs(json, scopeLogs);
          for (LogRecord record : scopeLogs.getLogRecordsList()) {
            writeRecord(json, record);
          }
          endScopeLogs(json, scopeLogs);
        }
        endResourceLogs(json, resourceLogs);
      }
      endRequest(json);
    }
  }

  private static void startRequest(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("resourceLogs");
  }

  private static void endRequest(JsonGenerator json) throws IOException {
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void startResourceLogs(JsonGenerator json, ResourceLogs resourceLogs)
      throws IOException {
    json.writeStartObject();
    if (resourceLogs.hasResource()) {
      writeResource(json, resourceLogs.getResource());
    }
    json.writeArrayFieldStart("scopeLogs");
  }

  private static void endResourceLogs(JsonGenerator json, ResourceLogs resourceLogs)
      throws IOException {
    json.writeEndArray();
    writeText(json, "schemaUrl", resourceLogs.getSchemaUrl());
    json.writeEndObject();
  }

  private static void startScopeLogs(JsonGenerator json, ScopeLogs scopeLogs) throws IOException {
    json.writeStartObject();
    if (scopeLogs.hasScope()) {
      writeScope(json, scopeLogs.getScope());
    }
    json.writeArrayFieldStart("logRecords");
  }

  private static void endScopeLogs(JsonGenerator json, ScopeLogs scopeLogs) throws IOException {
    json.writeEndArray();
    writeText(json, "schemaUrl", scopeLogs.getSchemaUrl());
    json.writeEndObject();
  }

  private static void writeResource(JsonGenerator json, Resource resource) throws IOException {
    json.writeObjectFieldStart("resource");
    OtlpJsonValues.writeAttributes(json, resource.getAttributesList());
    writeCount(json, "droppedAttributesCount", resource.getDroppedAttributesCount());
    if (resource.getEntityRefsCount() > 0) {
      json.writeArrayFieldStart("entityRefs");
      for (EntityRef entity : resource.getEntityRefsList()) {
        writeEntity(json, entity);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void writeEntity(JsonGenerator json, EntityRef entity) throws IOException {
    json.writeStartObject();
    writeText(json, "schemaUrl", entity.getSchemaUrl());
    writeText(json, "type", entity.getType());
    writeTexts(json, "idKeys", entity.getIdKeysList());
    writeTexts(json, "descriptionKeys", entity.getDescriptionKeysList());
    json.writeEndObject();
  }

  private static void writeScope(JsonGenerator json, InstrumentationScope scope)
      throws IOException {
    json.writeObjectFieldStart("scope");
    writeText(json, "name", scope.getName());
    writeText(json, "version", scope.getVersion());
    OtlpJsonValues.writeAttributes(json, scope.getAttributesList());
    writeCount(json, "droppedAttributesCount", scope.getDroppedAttributesCount());
    json.writeEndObject();
  }

  private static void writeRecord(JsonGenerator json, LogRecord record) throws IOException {
    json.writeStartObject();
    writeTime(json, "timeUnixNano", record.getTimeUnixNano());
    writeTime(json, "observedTimeUnixNano", record.getObservedTimeUnixNano());
    if (record.getSeverityNumberValue() != 0) {
      json.writeNumberField("severityNumber", record.getSeverityNumberValue());
    }
    writeText(json, "severityText", record.getSeverityText());
    if (record.hasBody()) {
      json.writeFieldName("body");
      OtlpJsonValues.writeValue(json, record.getBody());
    }
    OtlpJsonValues.writeAttributes(json, record.getAttributesList());
    writeCount(json, "droppedAttributesCount", record.getDroppedAttributesCount());
    writeCount(json, "flags", record.getFlags());
    writeId(json, "traceId", record.getTraceId());
    writeId(json, "spanId", record.getSpanId());
    writeText(json, "eventName", record.getEventName());
    json.writeEndObject();
  }

  private static void writeText(JsonGenerator json, String field, String text)
      throws IOException {
    if (!text.isEmpty()) {
      json.writeStringField(field, text);
    }
  }

  private static void writeTexts(JsonGenerator json, String field, List<String> texts)
      throws IOException {
    if (!texts.isEmpty()) {
      json.writeArrayFieldStart(field);
      for (String text : texts) {
        json.writeString(text);
      }
      json.writeEndArray();
    }
  }

  private static void writeCount(JsonGenerator json, String field, int unsigned)
      throws IOException {
    if (unsigned != 0) {
      json.writeNumberField(field, Integer.toUnsignedLong(unsigned));
    }
  }

  private static void writeTime(JsonGenerator json, String field, long unsignedNanos)
      throws IOException {
    if (unsignedNanos != 0) {
      json.writeStringField(field, Long.toUnsignedString(unsignedNanos));
    }
  }

  private static void writeId(JsonGenerator json, String field, ByteString id)
      throws IOException {
    if (!id.isEmpty()) {
      json.writeStringField(field, HexFormat.of().formatHex(id.toByteArray()));
    }
  }
}
