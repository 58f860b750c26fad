package cloud.gardener.logging.config;

import java.time.Duration;

/**
 * How entries of the queue become requests.
 *
 * @param maxRecords records in one request, positive
 * @param exportInterval the longest a record waits for a batch to fill, and the shortest time between two requests that
 *     are not full; not negative
 * @param maxInFlight maximum requests in flight for one target, positive
 */
public record BatchConfig(
    int maxRecords,
    Duration exportInterval,
    int maxInFlight) {

  /**
   * Maximum bytes in one request, and in one entry. gRPC servers accept 4 MiB by default; the difference is room for
   * headers and framing.
   */
  public static final int MAX_BYTES = (4 << 20) - (64 << 10);

  /** Checks the bounds. */
  public BatchConfig {
    Checks.require(maxRecords > 0, "maxRecords is positive");
    Checks.require(!exportInterval.isNegative(), "exportInterval is not negative");
    Checks.require(maxInFlight > 0, "maxInFlight is positive");
  }
}
