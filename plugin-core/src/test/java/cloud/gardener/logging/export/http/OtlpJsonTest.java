package cloud.gardener.logging.export.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.EntityRef;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** OTLP/JSON: as protobuf's JSON, but with hex ids and numbers for enums. */
class OtlpJsonTest {
  private static final LogRecord FULL =
      LogRecord.newBuilder()
          .setTimeUnixNano(-1)
          .setObservedTimeUnixNano(1_700_000_000_000_000_001L)
          .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_WARN)
          .setSeverityText("W\"\\\n\u2028\uD83D\uDE00")
          .setBody(values())
          .addAttributes(pair("key", text("value")))
          .setDroppedAttributesCount(-1)
          .setFlags(1)
          .setTraceId(ByteString.copyFrom(new byte[] {-1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}))
          .setSpanId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, -8}))
          .setEventName("event")
          .build();
  private static final ExportLogsServiceRequest REQUEST =
      ExportLogsServiceRequest.newBuilder()
          .addResourceLogs(
              ResourceLogs.newBuilder()
                  .setResource(
                      Resource.newBuilder()
                          .addAttributes(pair("host.name", text("node")))
                          .setDroppedAttributesCount(2)
                          .addEntityRefs(
                              EntityRef.newBuilder()
                                  .setType("host")
                                  .addIdKeys("host.name")
                                  .addDescriptionKeys("os")
                                  .setSchemaUrl("https://entity")))
                  .setSchemaUrl("https://resource")
                  .addScopeLogs(
                      ScopeLogs.newBuilder()
                          .setScope(
                              InstrumentationScope.newBuilder()
                                  .setName("scope")
                                  .setVersion("1")
                                  .addAttributes(pair("a", text("b")))
                                  .setDroppedAttributesCount(3))
                          .setSchemaUrl("https://scope")
                          .addLogRecords(FULL)))
          .build();

  @Test
  void shouldLoseNothing() throws Exception {
    assertEquals(REQUEST, OtlpJsonReader.read(line(REQUEST)));
  }

  @Test
  void shouldWriteOtlpJson() throws Exception {
    LogRecord record =
        LogRecord.newBuilder()
            .setTimeUnixNano(-1)
            .setSeverityNumberValue(13)
            .setBody(AnyValue.newBuilder().setIntValue(Long.MIN_VALUE))
            .setTraceId(ByteString.copyFrom(new byte[] {(byte) 0xab, 1}))
            .addAttributes(pair("d", AnyValue.newBuilder().setDoubleValue(Double.NaN).build()))
            .addAttributes(pair("e", AnyValue.getDefaultInstance()))
            .build();
    assertEquals(
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{"
            + "\"timeUnixNano\":\"18446744073709551615\",\"severityNumber\":13,"
            + "\"body\":{\"intValue\":\"-9223372036854775808\"},"
            + "\"attributes\":[{\"key\":\"d\",\"value\":{\"doubleValue\":\"NaN\"}},"
            + "{\"key\":\"e\",\"value\":{}}],\"traceId\":\"ab01\"}]}]}]}",
        line(
            ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(
                    ResourceLogs.newBuilder()
                        .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(record)))
                .build()));
  }

  @Test
  void shouldWriteTextWithoutHtmlEscapes() throws Exception {
    String body = "a=1 <b> & 'c' \\u003d \\\\=";
    ExportLogsServiceRequest request =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(
                ResourceLogs.newBuilder()
                    .addScopeLogs(
                        ScopeLogs.newBuilder()
                            .addLogRecords(LogRecord.newBuilder().setBody(text(body)))))
            .build();

    String line = line(request);

    assertTrue(line.contains("\"a=1 <b> & 'c' \\\\u003d \\\\\\\\=\""), line);
    assertEquals(request, OtlpJsonReader.read(line));
  }

  private static AnyValue values() {
    ArrayValue.Builder array =
        ArrayValue.newBuilder()
            .addValues(text(""))
            .addValues(AnyValue.newBuilder().setBoolValue(false))
            .addValues(AnyValue.newBuilder().setIntValue(Long.MAX_VALUE))
            .addValues(AnyValue.newBuilder().setDoubleValue(-0.1))
            .addValues(AnyValue.newBuilder().setDoubleValue(Double.NEGATIVE_INFINITY))
            .addValues(AnyValue.newBuilder().setBytesValue(ByteString.copyFromUtf8("\0\u00ff")))
            .addValues(AnyValue.newBuilder().setArrayValue(ArrayValue.getDefaultInstance()))
            .addValues(AnyValue.newBuilder().setKvlistValue(KeyValueList.getDefaultInstance()))
            .addValues(AnyValue.getDefaultInstance());
    return AnyValue.newBuilder()
        .setKvlistValue(
            KeyValueList.newBuilder()
                .addValues(pair("list", AnyValue.newBuilder().setArrayValue(array).build()))
                .addValues(pair("", text("no key")))
                .addValues(KeyValue.newBuilder().setKey("no value")))
        .build();
  }

  private static KeyValue pair(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static AnyValue text(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }

  private static String line(ExportLogsServiceRequest request) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OtlpJson.writeLines(request, out);
    return out.toString(StandardCharsets.UTF_8).strip();
  }
}
