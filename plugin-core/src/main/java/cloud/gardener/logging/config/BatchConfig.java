package cloud.gardener.logging.config;

import java.time.Duration;

/**
 * How entries of the queue become requests.
 *
 * @param maxRecords records in one request, positive
 * @param exportInterval the longest a record waits for a batch to fill, not negative
 * @param maxInFlight requests under way at once for one target, positive
 */
public record BatchConfig(
    int maxRecords,
    Duration exportInterval,
    int maxInFlight) {

  /** Checks the bounds. */
  public BatchConfig {
    Checks.that(maxRecords > 0, "maxRecords is positive");
    Checks.that(!exportInterval.isNegative(), "exportInterval is not negative");
    Checks.that(maxInFlight > 0, "maxInFlight is positive");
  }
}
