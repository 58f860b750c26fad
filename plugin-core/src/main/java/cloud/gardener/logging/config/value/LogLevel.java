package cloud.gardener.logging.config.value;

/** The levels of the key {@code LogLevel}, least to most talkative. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE
}
