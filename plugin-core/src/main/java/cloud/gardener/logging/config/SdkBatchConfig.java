package cloud.gardener.logging.config;

import java.time.Duration;

/**
 * The in-memory batch mode of the OpenTelemetry SDK.
 *
 * @param enabled true: no disk queue
 * @param maxQueueSize records in memory, positive
 * @param exportTimeout timeout of one export, positive
 * @param exportInterval pause between exports, positive
 * @param maxBatchSize records in one request, positive
 */
public record SdkBatchConfig(
    boolean enabled,
    int maxQueueSize,
    Duration exportTimeout,
    Duration exportInterval,
    int maxBatchSize) {

  /** Checks the bounds. */
  public SdkBatchConfig {
    Checks.require(maxQueueSize > 0, "maxQueueSize is positive");
    Checks.require(exportTimeout.toNanos() > 0, "exportTimeout is positive");
    Checks.require(exportInterval.toNanos() > 0, "exportInterval is positive");
    Checks.require(maxBatchSize > 0, "maxBatchSize is positive");
  }
}
