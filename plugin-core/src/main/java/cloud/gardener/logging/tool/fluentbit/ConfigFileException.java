package cloud.gardener.logging.tool.fluentbit;

/** A file that Fluent Bit does not read. The message is one line. */
public final class ConfigFileException extends Exception {
  private static final long serialVersionUID = 1L;

  ConfigFileException(Place place, String message) {
    this(place.toString(), message);
  }

  ConfigFileException(String where, String message) {
    super(where + ": " + message);
  }
}
