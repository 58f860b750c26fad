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

  /**
   * Bytes in one request at most, and in one entry. What gRPC servers take by default is 4 MiB; the rest is
   * room for headers and framing.
   */
  public static final int MAX_BYTES = (4 << 20) - (64 << 10);

  /** Checks the bounds. */
  public BatchConfig {
    Checks.that(maxRecords > 0, "maxRecords is positive");
    Checks.that(!exportInterval.isNegative(), "exportInterval is not negative");
    Checks.that(maxInFlight > 0, "maxInFlight is positive");
  }
}
