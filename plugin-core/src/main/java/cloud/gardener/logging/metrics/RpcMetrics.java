package cloud.gardener.logging.metrics;

import java.util.concurrent.TimeUnit;

/** Observes the requests of one channel to a backend. Thread-safe. */
public final class RpcMetrics {
  private final RpcSeries series;
  private final String serverAddress;

  RpcMetrics(RpcSeries series, String serverAddress) {
    this.series = series;
    this.serverAddress = serverAddress;
  }

  /**
   * A request has ended.
   *
   * @param statusCode the name of the gRPC status, such as UNAVAILABLE, or the HTTP status
   * @param requestBytes before compression
   * @param responseBytes 0 when there was none
   */
  public void ended(String statusCode, long durationNanos, long requestBytes, long responseBytes) {
    double seconds = (double) durationNanos / TimeUnit.SECONDS.toNanos(1);
    series.operationDuration.labelValues(serverAddress, statusCode).observe(seconds);
    series.callDuration.labelValues(serverAddress, statusCode).observe(seconds);
    series.requestSize.labelValues(serverAddress, statusCode).observe(requestBytes);
    series.responseSize.labelValues(serverAddress, statusCode).observe(responseBytes);
  }

  /** The channel is closed: its series end, but for those shared with an open channel. A second call does nothing. */
  public void close() {
    series.close(this);
  }

  String serverAddress() {
    return serverAddress;
  }
}
