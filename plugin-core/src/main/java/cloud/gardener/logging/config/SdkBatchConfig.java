package cloud.gardener.logging.config;

import java.time.Duration;

/**
 * The in-memory batch mode of the OpenTelemetry SDK.
 *
 * @param enabled true: no disk queue
 * @param maxQueueSize records in memory
 * @param exportTimeout for one export
 * @param exportInterval between exports
 * @param maxBatchSize records in one request
 */
public record SdkBatchConfig(
    boolean enabled,
    int maxQueueSize,
    Duration exportTimeout,
    Duration exportInterval,
    int maxBatchSize) {}
