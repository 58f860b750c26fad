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

  private final String description;

  Trouble(String description) {
    this.description = description;
  }

  /** The text that people read. */
  String description() {
    return description;
  }

  /** The identifier in CSS and JSON. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
