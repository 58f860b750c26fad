package cloud.gardener.logging.export.clients;

import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.HeaderConfig;
import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.Compression;
import cloud.gardener.logging.config.value.Headers;
import cloud.gardener.logging.config.value.HttpEncoding;
import cloud.gardener.logging.config.value.HttpVersion;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;
import com.google.protobuf.UnsafeByteOperations;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** What most tests of clients need: settings, requests, and ways to wait. */
public final class Exports {
  /** Longer than anything here takes: a test that waits so long has failed. */
  public static final Duration LONG = Duration.ofSeconds(20);

  public static final TlsConfig NO_TLS_KEYS = new TlsConfig("", "", "", "", false, "1.2", "");

  /** For what is not looked at. */
  public static final Address NOWHERE = Address.of("nowhere:1");

  private Exports() {}

  public static ExportClients clients(ExportListener listener, Duration idleTimeout) {
    return clients(listener, idleTimeout, Map.of());
  }

  /** In an environment of these variables alone. */
  static ExportClients clients(
      ExportListener listener, Duration idleTimeout, Map<String, String> environment) {
    return new ExportClients(
        listener,
        OutputStream.nullOutputStream(),
        idleTimeout,
        environment::get,
        System::nanoTime);
  }

  public static EndpointConfig plaintext() {
    return config(true, Compression.NONE, LONG, Map.of());
  }

  public static EndpointConfig config(
      boolean insecure, Compression compression, Duration timeout, Map<String, String> headers) {
    return new EndpointConfig(
        NOWHERE,
        Optional.empty(),
        "",
        Optional.empty(),
        insecure,
        compression,
        timeout,
        HeaderConfig.of(new Headers(headers)),
        HttpEncoding.PROTOBUF,
        HttpVersion.AUTO);
  }

  /** Records with the bodies "record 0", "record 1", and so on. */
  public static ExportRequest request(int records) {
    ScopeLogs.Builder logs = ScopeLogs.newBuilder();
    for (int i = 0; i < records; i++) {
      logs.addLogRecords(
          LogRecord.newBuilder()
              .setTimeUnixNano(1_700_000_000_000_000_000L + i)
              .setBody(AnyValue.newBuilder().setStringValue("record " + i)));
    }
    return newRequest(
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(logs))
            .build(),
        records);
  }

  static ExportRequest newRequest(ExportLogsServiceRequest request, int records) {
    byte[] bytes = request.toByteArray();
    return new ExportRequest(List.of(ByteBuffer.wrap(bytes)), records, bytes.length);
  }

  /** One record of about that many bytes. */
  public static ExportRequest largeRequest(int bytes) {
    ScopeLogs.Builder logs = ScopeLogs.newBuilder();
    logs.addLogRecords(
        LogRecord.newBuilder()
            .setBody(
                AnyValue.newBuilder()
                    .setStringValueBytes(
                        UnsafeByteOperations.unsafeWrap("x".repeat(bytes).getBytes()))));
    return newRequest(
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(logs))
            .build(),
        1);
  }

  public static CompletableFuture<ExportResult> startExport(ExportClient client, ExportRequest request) {
    CompletableFuture<ExportResult> result = new CompletableFuture<>();
    client.export(request, once -> assertTrue(result.complete(once), "called twice"));
    return result;
  }

  public static ExportResult await(CompletableFuture<ExportResult> result) throws Exception {
    return result.get(2 * LONG.toMillis(), TimeUnit.MILLISECONDS);
  }

  public static ExportResult export(ExportClient client, ExportRequest request) throws Exception {
    return await(startExport(client, request));
  }

  /** The reason of a failure, whatever its kind. */
  public static String reason(ExportResult result) {
    if (result instanceof ExportResult.Failure failure) {
      return failure.reason();
    }
    throw new AssertionError("no failure: " + result);
  }

  public static void awaitCondition(BooleanSupplier condition, String what) {
    long deadlineNanos = System.nanoTime() + LONG.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(deadlineNanos - System.nanoTime() > 0, what);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  /** Closes the client while it exports: each export must end, accepted or to be sent again. */
  public static void assertEndsEveryExportWhenClosed(ExportClient client) throws Exception {
    List<CompletableFuture<ExportResult>> results = new ArrayList<>();
    Thread closer = new Thread(client::close);
    for (int i = 0; i < 200; i++) {
      if (i == 100) {
        closer.start();
      }
      results.add(startExport(client, request(1)));
    }
    for (CompletableFuture<ExportResult> result : results) {
      ExportResult ended = await(result);
      assertTrue(
          ended.equals(ExportResult.Accepted.ALL) || ended instanceof ExportResult.Retry,
          ended::toString);
    }
    closer.join();
  }

  /** The names of the living threads of the process. */
  public static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .collect(Collectors.toSet());
  }
}
