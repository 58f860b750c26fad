package cloud.gardener.logging.sdk;

import cloud.gardener.logging.config.RetryConfig;
import cloud.gardener.logging.config.SdkBatchConfig;
import cloud.gardener.logging.config.value.HostPort;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportClient;
import com.google.protobuf.CodedInputStream;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.common.InternalTelemetryVersion;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One target without a disk queue. It uses one thread, OpenTelemetry's. Records in memory are lost at a crash, or
 * when the backend does not accept them within the export timeout.
 *
 * <p>Accounting: every emitted record is pending until it is reported to the listener, once. At most {@code
 * maxQueueSize} records are pending, including those being exported, so the processor's own queue never overflows.
 *
 * <p>Thread-safe.
 */
public final class SdkBatch {
  /** As for JSON output: 200 nested maps. */
  private static final int MAX_MESSAGE_DEPTH = 600;

  private final SdkBatchListener listener;
  private final ExportClient client;
  private final ClientSender sender;
  private final SdkLoggerProvider provider;
  private final Logger logger;
  private final int maxPending;
  private int pending;
  private boolean closed;

  /**
   * Starts the processor.
   *
   * @param config bounds and times
   * @param retry pauses between attempts; the export timeout limits their number
   * @param type OTLP_GRPC or OTLP_HTTP, as the client
   * @param server the backend, for the metrics
   * @param client sends the requests; closed with this object
   * @param meters receives the SDK's own metrics, see {@link SdkTelemetry}
   * @param listener notified of the outcome of every record
   * @param nanoTime a monotonic clock, for the end of the attempts
   */
  public SdkBatch(
      SdkBatchConfig config,
      RetryConfig retry,
      TargetType type,
      HostPort server,
      ExportClient client,
      MeterProvider meters,
      SdkBatchListener listener,
      LongSupplier nanoTime) {
    this.listener = listener;
    this.client = client;
    this.maxPending = config.maxQueueSize();
    this.sender = new ClientSender(client, retry, config.exportTimeout(), nanoTime);
    BatchLogRecordProcessor processor =
        BatchLogRecordProcessor.builder(
                new CountingExporter(
                    sender, sender.newExporter(type, server, meters), this::onBatchExported))
            .setMaxQueueSize(config.maxQueueSize())
            .setMaxExportBatchSize(Math.min(config.maxBatchSize(), config.maxQueueSize()))
            .setScheduleDelay(config.exportInterval())
            .setExporterTimeout(config.exportTimeout())
            .setMeterProvider(meters)
            .setInternalTelemetryVersion(InternalTelemetryVersion.LATEST)
            .build();
    this.provider =
        SdkLoggerProvider.builder()
            .setMeterProvider(() -> meters)
            .addLogRecordProcessor(new SdkRecordProcessor(processor))
            .build();
    // One logger for all records, whose name is not sent: the provider keeps every logger forever, and records may
    // have any number of scopes.
    this.logger = provider.get(SdkBatch.class.getName());
  }

  /**
   * Adds the records of a request. Never blocks: records that do not fit are dropped, and reported.
   *
   * @param request a serialized ExportLogsServiceRequest, from position to limit; not kept
   * @throws IOException when it is not valid
   */
  public void emit(ByteBuffer request) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(request.duplicate());
    in.setRecursionLimit(MAX_MESSAGE_DEPTH);
    int full = 0;
    for (ResourceLogs ofResource : ExportLogsServiceRequest.parseFrom(in).getResourceLogsList()) {
      Resource resource = SdkValues.resource(ofResource);
      for (ScopeLogs ofScope : ofResource.getScopeLogsList()) {
        InstrumentationScopeInfo scope = SdkValues.scope(ofScope);
        for (LogRecord record : ofScope.getLogRecordsList()) {
          if (acquireRoom()) {
            emit(Context.root().with(new SdkRecord(resource, scope, record)));
          } else {
            emit(Context.root()); // Only makes the SDK count the record.
            full++;
          }
        }
      }
    }
    if (full > 0) {
      listener.onQueueFull(full);
    }
  }

  private void emit(Context context) {
    logger.logRecordBuilder().setContext(context).emit();
  }

  /** Number of records in memory. */
  public synchronized int pending() {
    return pending;
  }

  /**
   * Exports the records that are in memory now.
   *
   * @return whether this ended in time, successfully or not
   */
  public boolean flush(Duration timeout) {
    return provider.forceFlush().join(timeout.toNanos(), TimeUnit.NANOSECONDS).isDone();
  }

  /**
   * Exports the records in memory within the grace, and ends. The remaining ones are lost, and reported. Idempotent.
   */
  public void close(Duration grace) {
    synchronized (this) {
      if (closed) {
        return;
      }
    }
    provider.shutdown().join(grace.toNanos(), TimeUnit.NANOSECONDS);
    int left;
    synchronized (this) {
      closed = true;
      left = pending;
      pending = 0;
    }
    if (left > 0) {
      listener.onLost(left, "not delivered before the end");
    }
    sender.close();
    client.close();
  }

  private synchronized boolean acquireRoom() {
    if (closed || pending == maxPending) {
      return false;
    }
    pending++;
    return true;
  }

  /** A batch ended. After {@link #close}, its records are already reported as lost. */
  private void onBatchExported(int records, CountingExporter.Outcome outcome) {
    synchronized (this) {
      if (closed) {
        return;
      }
      pending -= records;
    }
    outcome.report(listener);
  }
}
