package cloud.gardener.logging.config;

import java.time.Duration;

/**
 * How entries of the queue become requests.
 *
 * @param maxRecords records in one request
 * @param exportTimeout for one export, all its attempts apart
 * @param exportInterval the longest a record waits for a batch to fill
 * @param maxInFlight requests under way at once for one target
 */
public record BatchConfig(
    int maxRecords,
    Duration exportTimeout,
    Duration exportInterval,
    int maxInFlight) {}
