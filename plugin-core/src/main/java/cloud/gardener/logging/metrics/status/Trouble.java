package cloud.gardener.logging.metrics.status;

import java.util.Locale;

/** How well a target is, the worst first. */
enum Trouble {
  /** Deliveries stopped: records wait. */
  STOPPED("no delivery"),

  /** The queue is almost full. */
  FULL("queue almost full"),

  /** An export failed recently; others succeed. */
  ERRORS("errors"),

  NONE("ok");

  private final String words;

  Trouble(String words) {
    this.words = words;
  }

  /** For people. */
  String words() {
    return words;
  }

  /** The word in CSS and JSON. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
