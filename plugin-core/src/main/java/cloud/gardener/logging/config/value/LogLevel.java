package cloud.gardener.logging.config.value;

/** The levels of the key {@code LogLevel}, from least to most verbose. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE
}
