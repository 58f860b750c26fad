package cloud.gardener.logging.config;

/**
 * Checks the invariants of the configuration records. Settings of a user are validated earlier, with a message for the
 * user.
 */
final class Checks {
  private Checks() {}

  static void that(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
