package cloud.gardener.logging.config;

/**
 * A setting cannot be used. The message is one line for the user's log: the key as it was spelled,
 * its value, and what is accepted. Secret values are never part of it, and there is no cause that
 * could carry them.
 */
public final class ConfigException extends Exception {
  public ConfigException(String message) {
    super(message);
  }
}
