package cloud.gardener.logging.export;

/**
 * Hears of every call to a backend over the network, for the metrics. Called on the thread that
 * drives the connections of all targets: must be short and must not block. Thread-safe.
 */
@FunctionalInterface
public interface ExportListener {
  /** Hears nothing. */
  ExportListener NONE = (serverAddress, statusCode, durationNanos, requestBytes, responseBytes) -> {};

  /**
   * One call has ended, just before its result is handed over.
   *
   * @param serverAddress the endpoint as configured, {@code host:port}
   * @param statusCode the gRPC status by name, such as {@code DEADLINE_EXCEEDED}
   * @param durationNanos from the call of {@link ExportClient#export} to now
   * @param requestBytes the request before compression
   * @param responseBytes the response's message; 0 where there was none
   */
  void onCallEnd(
      String serverAddress,
      String statusCode,
      long durationNanos,
      long requestBytes,
      long responseBytes);
}
