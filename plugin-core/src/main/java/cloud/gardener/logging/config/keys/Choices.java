package cloud.gardener.logging.config.keys;

import static cloud.gardener.logging.config.keys.ValueTypes.choice;

import cloud.gardener.logging.config.value.BodyFormat;
import cloud.gardener.logging.config.value.Compression;
import cloud.gardener.logging.config.value.FullPolicy;
import cloud.gardener.logging.config.value.HttpEncoding;
import cloud.gardener.logging.config.value.HttpVersion;
import cloud.gardener.logging.config.value.KubernetesAttributes;
import cloud.gardener.logging.config.value.LogLevel;
import cloud.gardener.logging.config.value.QueueSync;
import cloud.gardener.logging.config.value.RefusedPolicy;
import cloud.gardener.logging.config.value.TargetType;
import java.util.Map;

/** The types of settings with a fixed set of words. */
final class Choices {
  static final ValueType<TargetType> TARGET =
      choice(
          "noop, stdout, otlp_grpc (or OTLPGRPC), otlp_http (or OTLPHTTP)",
          Map.of(
              "noop", TargetType.NOOP,
              "stdout", TargetType.STDOUT,
              "otlp_grpc", TargetType.OTLP_GRPC,
              "otlpgrpc", TargetType.OTLP_GRPC,
              "otlp_http", TargetType.OTLP_HTTP,
              "otlphttp", TargetType.OTLP_HTTP));

  static final ValueType<Compression> COMPRESSION =
      choice(
          "0 or none, 1 or gzip, zstd",
          Map.of(
              "0", Compression.NONE,
              "none", Compression.NONE,
              "1", Compression.GZIP,
              "gzip", Compression.GZIP,
              "zstd", Compression.ZSTD));

  static final ValueType<HttpEncoding> HTTP_ENCODING = choice(HttpEncoding.class);

  static final ValueType<HttpVersion> HTTP_VERSION =
      choice(
          "auto, 1.1, 2",
          Map.of(
              "auto", HttpVersion.AUTO,
              "1.1", HttpVersion.HTTP_1_1,
              "2", HttpVersion.HTTP_2));

  /** The empty word means "not set". */
  static final ValueType<String> TLS_VERSION =
      choice(
          "1.0, 1.1, 1.2, 1.3",
          Map.of("1.0", "1.0", "1.1", "1.1", "1.2", "1.2", "1.3", "1.3", "", ""));

  /** Also accepts the booleans that the Go plugin's documentation names. */
  static final ValueType<QueueSync> SYNC =
      choice(
          "normal (or false), full (or true)",
          Map.of(
              "normal", QueueSync.NORMAL,
              "false", QueueSync.NORMAL,
              "full", QueueSync.FULL,
              "true", QueueSync.FULL));

  static final ValueType<FullPolicy> FULL_POLICY = choice(FullPolicy.class);

  static final ValueType<RefusedPolicy> REFUSED_POLICY = choice(RefusedPolicy.class);

  static final ValueType<KubernetesAttributes> KUBERNETES_ATTRIBUTES =
      choice(KubernetesAttributes.class);

  static final ValueType<BodyFormat> BODY_FORMAT = choice(BodyFormat.class);

  static final ValueType<LogLevel> LOG_LEVEL =
      choice(
          "error, warn (or warning), info, debug, trace",
          Map.of(
              "error", LogLevel.ERROR,
              "warn", LogLevel.WARN,
              "warning", LogLevel.WARN,
              "info", LogLevel.INFO,
              "debug", LogLevel.DEBUG,
              "trace", LogLevel.TRACE));

  private Choices() {}
}
