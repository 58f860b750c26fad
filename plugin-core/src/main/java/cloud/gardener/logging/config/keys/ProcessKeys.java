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
          "How much the plugin says: error, warn, info, debug or trace. Of several outputs in one"
              + " process the most talkative one that runs holds for all; a reload raises and lowers"
              + " it. Fluent Bit keeps the spelling `log_level` to itself.");

  static final Key<Integer> METRICS_PORT =
      Key.of(
          "MetricsPort",
          ValueTypes.integer(0, 65535),
          "2021",
          "The port of /metrics, /healthz and a status page, one for all outputs of the process; 0: none.");

  static final Key<String> METRICS_ADDRESS =
      Key.of(
          "MetricsAddress",
          ValueTypes.IP_ADDRESS,
          "",
          "The IP address on which `MetricsPort` is open, such as 127.0.0.1 for this machine only; empty: all. The"
              + " kubelet and Prometheus need the pod's.");

  static final Key<Integer> FLUENT_BIT_METRICS_PORT =
      Key.of(
          "FluentBitMetricsPort",
          ValueTypes.integer(0, 65535),
          "2020",
          "The `HTTP_Port` of Fluent Bit's own server, where /healthz sees whether the engine turns; 0:"
              + " do not look.");

  static final Key<Duration> SHUTDOWN_GRACE =
      Key.of(
          "ShutdownGrace",
          ValueTypes.DURATION,
          "5s",
          "How long a stop may go on sending. What is left stays on disk for the next start.");

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
