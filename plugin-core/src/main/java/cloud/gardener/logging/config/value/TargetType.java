package cloud.gardener.logging.config.value;

/** What a target does with its records: the keys {@code SeedType} and {@code ShootType}. */
public enum TargetType {
  /** Takes every record and throws it away. */
  NOOP,

  /** One OTLP JSON line per record on standard output. */
  STDOUT,

  /** OTLP over gRPC. */
  OTLP_GRPC,

  /** OTLP over HTTP. */
  OTLP_HTTP;

  /** Whether there is a backend that requests go to. */
  public boolean isRemote() {
    return this == OTLP_GRPC || this == OTLP_HTTP;
  }
}
