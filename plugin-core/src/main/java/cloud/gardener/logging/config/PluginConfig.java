package cloud.gardener.logging.config;

import cloud.gardener.logging.config.value.LogLevel;
import cloud.gardener.logging.config.value.TargetType;
import java.time.Duration;

/**
 * All settings of one {@code [OUTPUT]} section, validated and with defaults applied. Immutable and thread-safe.
 *
 * @param seedType type of the seed's target
 * @param shootType type of the shoots' targets
 * @param endpoint where requests are sent
 * @param tls TLS towards the backend
 * @param retry backoff between attempts
 * @param throttle rate limit of each client
 * @param queue the disk queues
 * @param batch how requests are built
 * @param sdkBatch the in-memory mode
 * @param dynamicHost how a shoot's endpoint is found
 * @param controller what is watched
 * @param states which states of shoots send to which targets
 * @param metadata metadata from the tag
 * @param mapping from record to OTLP
 * @param logLevel verbosity of the plugin's log
 * @param pprof whether to serve /debug/pprof
 * @param metricsPort port of the metrics server; 0 for none
 * @param metricsAddress IP address of the metrics server; empty for all of this machine
 * @param fluentBitMetricsPort port of Fluent Bit's own HTTP server; 0 to not query it
 * @param shutdownGrace maximum time that a stop continues to send
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
    String metricsAddress,
    int fluentBitMetricsPort,
    Duration shutdownGrace) {

  /** Checks the bounds. */
  public PluginConfig {
    Checks.require(metricsPort >= 0 && metricsPort <= 65535, "metricsPort is a port, or 0");
    Checks.require(
        fluentBitMetricsPort >= 0 && fluentBitMetricsPort <= 65535,
        "fluentBitMetricsPort is a port, or 0");
    Checks.require(!shutdownGrace.isNegative(), "shutdownGrace is not negative");
  }
}
