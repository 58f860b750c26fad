package cloud.gardener.logging.config.value;

import java.util.Locale;

/** What a target does with its records: the keys {@code SeedType} and {@code ShootType}. */
public enum TargetType {
  /** Accepts every record and discards it. */
  NOOP,

  /** Writes one OTLP/JSON line per record to standard output. */
  STDOUT,

  /** OTLP over gRPC. */
  OTLP_GRPC,

  /** OTLP over HTTP. */
  OTLP_HTTP;

  /** The word for it in settings and log lines. */
  public String settingValue() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether requests go to a backend. */
  public boolean isRemote() {
    return switch (this) {
      case NOOP, STDOUT -> false;
      case OTLP_GRPC, OTLP_HTTP -> true;
    };
  }
}
