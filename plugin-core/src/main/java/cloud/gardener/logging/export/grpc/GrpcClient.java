package cloud.gardener.logging.export.grpc;

import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.export.ExportEnd;
import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.transport.ClientHeaders;
import cloud.gardener.logging.export.transport.NetworkClient;
import cloud.gardener.logging.export.transport.ZstdCodec;
import io.grpc.CallOptions;
import java.util.concurrent.TimeUnit;

/**
 * OTLP over gRPC: one call per request, on a channel that may be shared with other clients.
 *
 * <p>A call ends at its deadline at the latest. Memory per call in flight: a copy of the request in Netty's buffers,
 * once the connection is established.
 *
 * <p>Thread-safe.
 */
public final class GrpcClient extends NetworkClient<GrpcCall, SecretHeaders> {
  private final ChannelPool pool;
  private final ChannelKey key;
  private final SharedChannel channel;
  private final CallOptions options;
  private final long timeoutNanos;

  /**
   * Leases the channel; connects with the first export.
   *
   * @param proxyDescription the proxy as {@link #describeRoute()} shows it; empty for none
   * @throws ExportException one line: what is wrong with the TLS settings
   */
  public GrpcClient(
      ChannelPool pool,
      ChannelKey key,
      ClientHeaders<SecretHeaders> headers,
      String proxyDescription,
      EndpointConfig config,
      ExportListener listener)
      throws ExportException {
    super(key.server(), LogsService.EXPORT.getFullMethodName(), headers, proxyDescription, listener);
    this.pool = pool;
    this.key = key;
    CallOptions defaultOptions = CallOptions.DEFAULT.withOnReadyThreshold(1); // See GrpcCall.
    this.options =
        switch (config.compression()) {
          case NONE -> defaultOptions;
          case GZIP -> defaultOptions.withCompression("gzip");
          case ZSTD -> defaultOptions.withCompression(ZstdCodec.NAME);
        };
    this.timeoutNanos = config.timeout().toNanos();
    this.channel = pool.lease(key);
  }

  @Override
  protected void send(ExportRequest request, SecretHeaders headers, ExportEnd end) {
    GrpcCall call = new GrpcCall(this, request, end);
    CallOptions callOptions = options.withDeadlineAfter(timeoutNanos, TimeUnit.NANOSECONDS);
    start(call, () -> call.start(channel, callOptions, headers));
  }

  @Override
  protected void cancel(GrpcCall call) {
    call.cancel();
  }

  @Override
  protected void release() {
    pool.release(key);
  }
}
