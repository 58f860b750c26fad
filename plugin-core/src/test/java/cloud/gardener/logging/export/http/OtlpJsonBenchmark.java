package cloud.gardener.logging.export.http;

import cloud.gardener.logging.config.value.Compression;
import cloud.gardener.logging.config.value.HttpEncoding;
import cloud.gardener.logging.export.ExportRequest;
import com.google.protobuf.ByteString;
import io.netty.buffer.ByteBuf;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds for a record of a request that is sent as JSON: read, and written. A body of 240 bytes, five attributes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class OtlpJsonBenchmark {
  private static final int RECORDS = 500;

  private ExportRequest request;

  @Setup
  public void fill() {
    ScopeLogs.Builder logs = ScopeLogs.newBuilder();
    for (int i = 0; i < RECORDS; i++) {
      logs.addLogRecords(
          LogRecord.newBuilder()
              .setTimeUnixNano(1_700_000_000_000_000_000L + i)
              .setObservedTimeUnixNano(1_700_000_000_500_000_000L + i)
              .setSeverityNumberValue(9)
              .setSeverityText("info")
              .setBody(text("{\"ts\":\"2026-11-27T10:00:00.123Z\",\"msg\":\"handled request\",\"path\":\"/api\",\"n\":"
                  + i + ",\"text\":\"" + "a=1 ".repeat(40) + "\"}"))
              .addAttributes(pair("log.iostream", "stdout"))
              .addAttributes(pair("logtag", "F"))
              .addAttributes(pair("level", "info"))
              .addAttributes(pair("origin", "seed"))
              .addAttributes(pair("k8s.pod.name", "kube-apiserver-6d4c75cb6d-abcde"))
              .setTraceId(ByteString.copyFrom(new byte[16])));
    }
    Resource.Builder resource =
        Resource.newBuilder()
            .addAttributes(pair("host.name", "node"))
            .addAttributes(pair("k8s.namespace.name", "shoot--project--cluster"));
    byte[] bytes =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(ResourceLogs.newBuilder().setResource(resource).addScopeLogs(logs))
            .build()
            .toByteArray();
    request = new ExportRequest(List.of(ByteBuffer.wrap(bytes)), RECORDS, bytes.length);
  }

  private static KeyValue pair(String key, String value) {
    return KeyValue.newBuilder().setKey(key).setValue(text(value)).build();
  }

  private static AnyValue text(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }

  /** One request. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public ByteBuf json() throws IOException {
    return HttpBody.of(request, HttpEncoding.JSON, Compression.NONE);
  }

  /** The part of it that reads the messages. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public ExportLogsServiceRequest read() throws IOException {
    return OtlpRequests.parse(request);
  }
}
