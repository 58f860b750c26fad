package cloud.gardener.logging.config;

/**
 * A setting is invalid. The message is one line for the user's log: the key as it was spelled, its value, and what is
 * accepted. It never contains secret values, and the exception has no cause, which could contain them.
 */
public final class ConfigException extends Exception {
  public ConfigException(String message) {
    super(message);
  }
}
