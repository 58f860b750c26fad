package cloud.gardener.logging.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.config.RetryConfig;
import cloud.gardener.logging.config.SdkBatchConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.RefusedPolicy;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.clients.ExportClients;
import cloud.gardener.logging.sink.OtlpSink;
import com.google.protobuf.ByteString;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A record goes through the SDK, and arrives as it was. */
class SdkRecordTest {
  private static final Duration LONG = Plaintext.LONG;

  @Test
  void shouldArriveAsItWas() throws Exception {
    assertArrives(
        LogRecord.newBuilder()
            .setTimeUnixNano(1_700_000_000_000_000_001L)
            .setObservedTimeUnixNano(1_700_000_000_000_000_002L)
            .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_WARN2)
            .setSeverityText("W")
            .setBody(values())
            // In the order of their keys, as the SDK sends them.
            .addAttributes(pair("array", values()))
            .addAttributes(pair("bool", AnyValue.newBuilder().setBoolValue(true).build()))
            .addAttributes(pair("double", AnyValue.newBuilder().setDoubleValue(-0.5).build()))
            .addAttributes(pair("int", AnyValue.newBuilder().setIntValue(Long.MIN_VALUE).build()))
            .addAttributes(pair("nothing", AnyValue.getDefaultInstance()))
            .addAttributes(pair("string", text("value")))
            .setDroppedAttributesCount(3)
            .setFlags(1)
            .setTraceId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}))
            .setSpanId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, -8}))
            .setEventName("event")
            .build());
  }

  @Test
  void shouldArriveAsItWasWhenThereIsLittleOfIt() throws Exception {
    assertArrives(LogRecord.newBuilder().setTimeUnixNano(1).build());
    assertArrives(LogRecord.newBuilder().setBody(text("")).build());
  }

  @Test
  void shouldSurviveWhatIsNoOtlp() throws Exception {
    LogRecord odd =
        LogRecord.newBuilder()
            .setSeverityNumberValue(99)
            .setTraceId(ByteString.copyFromUtf8("short"))
            .setSpanId(ByteString.copyFromUtf8("x"))
            .addAttributes(pair("a", text("first")))
            .addAttributes(pair("a", text("second")))
            .addAttributes(pair("", text("no key")))
            .build();
    assertEquals(
        LogRecord.newBuilder().addAttributes(pair("a", text("second"))).build(), sent(odd).get(0));
  }

  @Test
  void shouldArriveWithItsOwnResourceAndScope() throws Exception {
    Set<ResourceLogs> one =
        Set.of(
            logs("pod-1", "https://resource/1", "scope", "1"),
            logs("pod-1", "https://resource/1", "scope", "2"),
            logs("pod-1", "https://resource/2", "scope", "1"),
            logs("pod-2", "https://resource/1", "scope", "1"),
            logs("pod-2", "https://resource/1", "", ""),
            logs("pod-2", "https://resource/1", "other", "1"));
    ExportLogsServiceRequest arrived =
        sendThroughSdk(ExportLogsServiceRequest.newBuilder().addAllResourceLogs(one).build());
    assertEquals(one, eachRecord(arrived));
  }

  /** A record that says where it comes from. */
  private static ResourceLogs logs(String pod, String resourceSchema, String scope, String version) {
    return ResourceLogs.newBuilder()
        .setResource(Resource.newBuilder().addAttributes(pair("k8s.pod.name", text(pod))))
        .setSchemaUrl(resourceSchema)
        .addScopeLogs(
            ScopeLogs.newBuilder()
                .setScope(InstrumentationScope.newBuilder().setName(scope).setVersion(version))
                .addLogRecords(
                    LogRecord.newBuilder()
                        .setBody(text(pod + " " + resourceSchema + " " + scope + " " + version))))
        .build();
  }

  /** The SDK puts together what has the same resource and scope; here each record stands alone again. */
  private static Set<ResourceLogs> eachRecord(ExportLogsServiceRequest request) {
    Set<ResourceLogs> records = new HashSet<>();
    for (ResourceLogs ofResource : request.getResourceLogsList()) {
      for (ScopeLogs ofScope : ofResource.getScopeLogsList()) {
        for (LogRecord record : ofScope.getLogRecordsList()) {
          records.add(
              ofResource.toBuilder()
                  .clearScopeLogs()
                  .addScopeLogs(ofScope.toBuilder().clearLogRecords().addLogRecords(record))
                  .build());
        }
      }
    }
    return records;
  }

  private static void assertArrives(LogRecord record) throws Exception {
    assertEquals(List.of(record), sent(record));
  }

  private static List<LogRecord> sent(LogRecord record) throws Exception {
    ResourceLogs logs =
        ResourceLogs.newBuilder()
            .setResource(Resource.newBuilder().addAttributes(pair("host.name", text("node"))))
            .setSchemaUrl("https://resource")
            .addScopeLogs(
                ScopeLogs.newBuilder()
                    .setScope(
                        InstrumentationScope.newBuilder()
                            .setName("scope")
                            .setVersion("1")
                            .addAttributes(pair("a", text("b"))))
                    .setSchemaUrl("https://scope")
                    .addLogRecords(record))
            .build();
    ExportLogsServiceRequest request =
        ExportLogsServiceRequest.newBuilder().addResourceLogs(logs).build();
    ExportLogsServiceRequest arrived = sendThroughSdk(request);
    ResourceLogs.Builder around = arrived.getResourceLogs(0).toBuilder();
    around.getScopeLogsBuilder(0).clearLogRecords().addLogRecords(record);
    assertEquals(logs, around.build());
    return arrived.getResourceLogs(0).getScopeLogs(0).getLogRecordsList();
  }

  private static ExportLogsServiceRequest sendThroughSdk(ExportLogsServiceRequest request)
      throws Exception {
    try (OtlpSink sink = OtlpSink.startCapturing();
        ExportClients clients = new ExportClients(ExportListener.NONE)) {
      SdkBatch batch =
          new SdkBatch(
              new SdkBatchConfig(true, 10, LONG, LONG, 10),
              new RetryConfig(true, LONG, LONG, LONG, RefusedPolicy.KEEP),
              TargetType.OTLP_GRPC,
              Address.of(sink.address()).server(),
              Plaintext.client(clients, TargetType.OTLP_GRPC, sink.address()),
              MeterProvider.noop(),
              new Deaf(),
              System::nanoTime);
      batch.emit(ByteBuffer.wrap(request.toByteArray()));
      batch.close(LONG);
      return sink.captured().get(0);
    }
  }

  private static AnyValue values() {
    ArrayValue.Builder array =
        ArrayValue.newBuilder()
            .addValues(text(""))
            .addValues(AnyValue.newBuilder().setBoolValue(false))
            .addValues(AnyValue.newBuilder().setIntValue(0))
            .addValues(AnyValue.newBuilder().setDoubleValue(1.5))
            .addValues(AnyValue.newBuilder().setBytesValue(ByteString.copyFromUtf8("\0x")))
            .addValues(AnyValue.newBuilder().setArrayValue(ArrayValue.getDefaultInstance()))
            .addValues(AnyValue.newBuilder().setKvlistValue(KeyValueList.getDefaultInstance()));
    return AnyValue.newBuilder()
        .setKvlistValue(
            KeyValueList.newBuilder()
                .addValues(pair("z", AnyValue.newBuilder().setArrayValue(array).build()))
                .addValues(pair("a", text("b"))))
        .build();
  }

  private static KeyValue pair(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static AnyValue text(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }

  /** What arrives is what counts here. */
  private static final class Deaf implements SdkBatchListener {
    @Override
    public void onExported(int records) {
      // See above.
    }

    @Override
    public void onRejected(int records, String message) {
      throw new AssertionError(message);
    }

    @Override
    public void onQueueFull(int records) {
      throw new AssertionError("full");
    }

    @Override
    public void onLost(int records, String reason) {
      throw new AssertionError(reason);
    }
  }
}
