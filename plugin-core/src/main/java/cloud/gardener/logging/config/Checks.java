package cloud.gardener.logging.config;

/**
 * What the records demand of whoever makes one. Settings are checked before, with a message for the
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
