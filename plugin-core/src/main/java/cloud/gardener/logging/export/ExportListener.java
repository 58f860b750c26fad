package cloud.gardener.logging.export;

import cloud.gardener.logging.config.value.HostPort;

/**
 * Is notified of every call to a backend over the network, for the metrics. Called on the thread that drives the
 * connections of all targets: must be short and must not block. Thread-safe.
 */
@FunctionalInterface
public interface ExportListener {
  /** Ignores all calls. */
  ExportListener NONE = (server, method, statusCode, durationNanos, requestBytes, responseBytes) -> {};

  /**
   * A call ended; called just before its result is reported.
   *
   * @param server the backend
   * @param method the full name of the gRPC method, or the HTTP method
   * @param statusCode the name of the gRPC status, such as {@code DEADLINE_EXCEEDED}
   * @param durationNanos from the call of {@link ExportClient#export} to now
   * @param requestBytes size of the request before compression
   * @param responseBytes size of the response message; 0 when there was none
   */
  void onCallEnd(
      HostPort server,
      String method,
      String statusCode,
      long durationNanos,
      long requestBytes,
      long responseBytes);
}
