package cloud.gardener.logging.config;

/**
 * Checks the invariants of the configuration records. Settings of a user are validated earlier, with a message for the
 * user.
 */
final class Checks {
  private Checks() {}

  static void require(boolean condition, String requirement) {
    if (!condition) {
      throw new IllegalArgumentException(requirement);
    }
  }
}
