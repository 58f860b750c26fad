package cloud.gardener.logging.sdk;

import cloud.gardener.logging.config.RetryConfig;
import cloud.gardener.logging.config.value.HostPort;
import cloud.gardener.logging.config.value.RefusedPolicy;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.pace.Backoff;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.sdk.common.InternalTelemetryVersion;
import io.opentelemetry.sdk.common.export.MessageWriter;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Sends the requests of OpenTelemetry's exporters through the plugin's clients, and retries until the export
 * timeout: after a transient failure, and with {@link RefusedPolicy#KEEP} also when the destination refuses. A
 * request whose content the backend refuses is lost as a whole: there is no queue to keep it in.
 *
 * <p>Used by the processor's thread; results arrive on other threads.
 */
final class ClientSender {
  private final ExportClient client;
  private final RetryConfig retry;
  private final Duration timeout;
  private final LongSupplier nanoTime;
  private volatile boolean closed;

  // Accessed only by the exporting thread, which sets it just before the exporter calls send.
  private int expectedRecords;
  private Consumer<ExportResult> expectedResult;

  /** @param nanoTime a monotonic clock */
  ClientSender(ExportClient client, RetryConfig retry, Duration timeout, LongSupplier nanoTime) {
    this.client = client;
    this.retry = retry;
    this.timeout = timeout;
    this.nanoTime = nanoTime;
  }

  /** An OpenTelemetry exporter that sends through this object. */
  LogRecordExporter newExporter(TargetType type, HostPort server, MeterProvider meters) {
    // The scheme does not matter: the client determines TLS.
    String url = "http://" + server.authority();
    SenderProviders providers = new SenderProviders(this);
    return switch (type) {
      case OTLP_GRPC ->
          OtlpGrpcLogRecordExporter.builder()
              .setEndpoint(url)
              .setTimeout(timeout)
              .setMeterProvider(meters)
              .setInternalTelemetryVersion(InternalTelemetryVersion.LATEST)
              .setComponentLoader(providers)
              .build();
      case OTLP_HTTP ->
          OtlpHttpLogRecordExporter.builder()
              .setEndpoint(url)
              .setTimeout(timeout)
              .setMeterProvider(meters)
              .setInternalTelemetryVersion(InternalTelemetryVersion.LATEST)
              .setComponentLoader(providers)
              .build();
      case NOOP, STDOUT -> throw new IllegalArgumentException(type + " has no exporter");
    };
  }

  /**
   * Announces the content of the next request, which cannot be derived from it.
   *
   * @param result receives the result before the exporter does
   */
  void expect(int records, Consumer<ExportResult> result) {
    expectedRecords = records;
    expectedResult = result;
  }

  /** Sends a request; {@code done} is called once, on any thread. */
  void send(MessageWriter message, Consumer<ExportResult> done) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.getContentLength());
    message.writeMessage(bytes);
    ExportRequest request =
        new ExportRequest(
            List.of(ByteBuffer.wrap(bytes.toByteArray())), expectedRecords, bytes.size());
    Consumer<ExportResult> listener = expectedResult;
    new Attempts(
            request,
            result -> {
              try {
                listener.accept(result);
              } finally {
                done.accept(result);
              }
            })
        .next();
  }

  /** Stops the retries. */
  void close() {
    closed = true;
  }

  /** One request, which is sent until it is accepted or the time is over. */
  private final class Attempts {
    private final ExportRequest request;
    private final Consumer<ExportResult> done;
    private final long deadlineNanos = nanoTime.getAsLong() + timeout.toNanos();
    private final Backoff backoff =
        new Backoff(retry, nanoTime, () -> ThreadLocalRandom.current().nextDouble());

    Attempts(ExportRequest request, Consumer<ExportResult> done) {
      this.request = request;
      this.done = done;
    }

    void next() {
      client.export(request, this::onResult);
    }

    private void onResult(ExportResult result) {
      boolean waits = false;
      try {
        waits = !closed && scheduleRetry(result);
      } finally {
        if (!waits) {
          done.accept(result);
        }
      }
    }

    /** Whether it retries; false when there is no time left. */
    private boolean scheduleRetry(ExportResult result) {
      long delayNanos;
      if (result instanceof ExportResult.Retry failure) {
        delayNanos = backoff.nextDelayNanos(failure.notBefore());
      } else if (result instanceof ExportResult.DestinationRefused refused
          && retry.refusedPolicy() == RefusedPolicy.KEEP) {
        delayNanos = backoff.nextDelayNanos(refused.notBefore());
      } else {
        return false;
      }
      if (delayNanos >= deadlineNanos - nanoTime.getAsLong()) {
        return false;
      }
      CompletableFuture.delayedExecutor(delayNanos, TimeUnit.NANOSECONDS).execute(this::next);
      return true;
    }
  }
}
