package cloud.gardener.logging.config.keys;

import cloud.gardener.logging.config.value.LogLevel;
import java.time.Duration;
import java.util.List;

/** Settings of the plugin itself. */
final class ProcessKeys {
  static final Key<LogLevel> LOG_LEVEL =
      Key.of(
          "LogLevel",
          Choices.LOG_LEVEL,
          "info",
          "The lowest level that the plugin logs: error, warn, info, debug or trace. The most"
              + " verbose value of all running outputs applies to the process; a reload can change it."
              + " Fluent Bit does not pass on the spelling `log_level`.");

  static final Key<Integer> METRICS_PORT =
      Key.of(
          "MetricsPort",
          ValueTypes.integer(0, 65535),
          "2021",
          "Port of /metrics, /healthz and the status page, one for all outputs of the process;"
              + " 0: none.");

  static final Key<String> METRICS_ADDRESS =
      Key.of(
          "MetricsAddress",
          ValueTypes.IP_ADDRESS,
          "",
          "IP address on which `MetricsPort` is open, such as 127.0.0.1 for this machine only;"
              + " empty: all addresses. The kubelet and Prometheus need the address of the pod.");

  static final Key<Integer> FLUENT_BIT_METRICS_PORT =
      Key.of(
          "FluentBitMetricsPort",
          ValueTypes.integer(0, 65535),
          "2020",
          "The `HTTP_Port` of Fluent Bit's own server, at which /healthz checks that the engine"
              + " runs; 0: no check.");

  static final Key<Duration> SHUTDOWN_GRACE =
      Key.of(
          "ShutdownGrace",
          ValueTypes.DURATION,
          "5s",
          "How long the plugin sends after a stop begins. Remaining records stay on disk for the"
              + " next start.");

  static final Key<Boolean> PPROF =
      Key.of(
          "Pprof",
          ValueTypes.BOOLEAN,
          "false",
          "Serve profiles below /debug/pprof/ on `MetricsPort`, for all outputs of the process.");

  static final List<KeyGroup> GROUPS =
      List.of(
          new KeyGroup(
              "The plugin itself",
              List.of(
                  LOG_LEVEL,
                  METRICS_PORT,
                  METRICS_ADDRESS,
                  FLUENT_BIT_METRICS_PORT,
                  SHUTDOWN_GRACE,
                  PPROF)));

  private ProcessKeys() {}
}
