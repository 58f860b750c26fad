package cloud.gardener.logging.config;

import cloud.gardener.logging.config.value.LogLevel;
import cloud.gardener.logging.config.value.TargetType;
import java.time.Duration;

/**
 * Everything one {@code [OUTPUT]} section says, checked and with its defaults.
 * Immutable, so any thread may read it.
 *
 * @param seedType the seed's target
 * @param shootType the shoots' targets
 * @param endpoint where requests go
 * @param tls TLS towards the backend
 * @param retry pauses between attempts
 * @param throttle limit on what one client sends
 * @param queue the disk queues
 * @param batch how requests are made
 * @param sdkBatch the in-memory mode
 * @param dynamicHost how a shoot's endpoint is found
 * @param controller what is watched
 * @param states which states send where
 * @param metadata metadata from the tag
 * @param mapping record to OTLP
 * @param logLevel how much the plugin says
 * @param pprof serve /debug/pprof
 * @param metricsPort of the metrics server; 0 for none
 * @param fluentBitMetricsPort of Fluent Bit's own HTTP server; 0 to leave it alone
 * @param shutdownGrace how long a stop drains at the most
 */
public record PluginConfig(
    TargetType seedType,
    TargetType shootType,
    EndpointConfig endpoint,
    TlsConfig tls,
    RetryConfig retry,
    ThrottleConfig throttle,
    QueueConfig queue,
    BatchConfig batch,
    SdkBatchConfig sdkBatch,
    DynamicHostConfig dynamicHost,
    ControllerConfig controller,
    StateTables states,
    MetadataConfig metadata,
    MappingConfig mapping,
    LogLevel logLevel,
    boolean pprof,
    int metricsPort,
    int fluentBitMetricsPort,
    Duration shutdownGrace) {

  /** Checks what no section may say. */
  public PluginConfig {
    Checks.that(metricsPort >= 0 && metricsPort <= 65535, "metricsPort is a port, or 0");
    Checks.that(
        fluentBitMetricsPort >= 0 && fluentBitMetricsPort <= 65535,
        "fluentBitMetricsPort is a port, or 0");
    Checks.that(!shutdownGrace.isNegative(), "shutdownGrace is not negative");
  }
}
