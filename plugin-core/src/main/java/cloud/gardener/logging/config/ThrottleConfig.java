package cloud.gardener.logging.config;

/**
 * Rate limit of one client.
 *
 * @param enabled false: no limit
 * @param recordsPerSecond 0: no limit
 */
public record ThrottleConfig(
    boolean enabled,
    int recordsPerSecond) {

  /** Checks the bounds. */
  public ThrottleConfig {
    Checks.require(recordsPerSecond >= 0, "recordsPerSecond is not negative");
  }
}
