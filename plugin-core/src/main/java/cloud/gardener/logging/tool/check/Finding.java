package cloud.gardener.logging.tool.check;

import cloud.gardener.logging.tool.fluentbit.Place;

/**
 * A problem of a configuration, or information about it.
 *
 * @param severity whether it prevents a start
 * @param place where
 * @param text one line
 */
record Finding(Severity severity, Place place, String text) {
  enum Severity {
    /** Fluent Bit or the plugin does not start, or a key has no effect. */
    ERROR,

    /** It works, and may lose records or do something else than intended. */
    WARNING,

    /** What applies. */
    INFO
  }

  static Finding error(Place place, String text) {
    return new Finding(Severity.ERROR, place, text);
  }

  static Finding warning(Place place, String text) {
    return new Finding(Severity.WARNING, place, text);
  }

  static Finding info(Place place, String text) {
    return new Finding(Severity.INFO, place, text);
  }
}
