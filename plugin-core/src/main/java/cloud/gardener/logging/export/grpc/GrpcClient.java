package cloud.gardener.logging.export.grpc;

import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.value.HostPort;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportEnd;
import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.transport.ClientHeaders;
import cloud.gardener.logging.export.transport.ZstdCodec;
import io.grpc.CallOptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * OTLP over gRPC: one call per request, on a channel that may be shared with other clients.
 *
 * <p>A call ends at its deadline at the latest. Memory per call in flight: a copy of the request in Netty's buffers,
 * once the connection is established.
 *
 * <p>Thread-safe.
 */
public final class GrpcClient implements ExportClient {
  private final HostPort server;
  private final ChannelPool pool;
  private final ChannelKey key;
  private final SharedChannel channel;
  private final String way;
  private final ClientHeaders<SecretHeaders> headers;
  private final CallOptions options;
  private final long timeoutNanos;
  private final ExportListener listener;
  private final Set<GrpcCall> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Leases the channel; connects with the first export.
   *
   * @param through the proxy, for {@link #way()}
   * @throws ExportException one line: what is wrong with the TLS settings
   */
  public GrpcClient(
      HostPort server,
      ChannelPool pool,
      ChannelKey key,
      ClientHeaders<SecretHeaders> headers,
      String through,
      EndpointConfig config,
      ExportListener listener)
      throws ExportException {
    this.server = server;
    this.pool = pool;
    this.key = key;
    this.headers = headers;
    this.way = through;
    CallOptions plain = CallOptions.DEFAULT.withOnReadyThreshold(1); // See GrpcCall.
    this.options =
        switch (config.compression()) {
          case NONE -> plain;
          case GZIP -> plain.withCompression("gzip");
          case ZSTD -> plain.withCompression(ZstdCodec.NAME);
        };
    this.timeoutNanos = config.timeout().toNanos();
    this.listener = listener;
    this.channel = pool.lease(key);
  }

  @Override
  public void export(
      ExportRequest request, Runnable written, Consumer<ExportResult> done) {
    if (closed) {
      done.accept(ExportResult.Retry.soon("the client is closed"));
      return;
    }
    SecretHeaders current = headers.now();
    ExportEnd end =
        new ExportEnd(server, request, current.secrets(), listener, written, done);
    try {
      send(request, current, end);
    } catch (RuntimeException | Error e) {
      end.failed(e);
    }
  }

  private void send(ExportRequest request, SecretHeaders current, ExportEnd end) {
    GrpcCall call = new GrpcCall(this, request, end);
    CallOptions bounded = options.withDeadlineAfter(timeoutNanos, TimeUnit.NANOSECONDS);
    underWay.add(call);
    call.start(channel, bounded, current);
    if (closed) {
      // close() may have run before this call could be canceled.
      call.cancel();
    }
  }

  @Override
  public String way() {
    return way;
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    underWay.forEach(GrpcCall::cancel);
    pool.release(key);
  }

  @Override
  public String toString() {
    return "GrpcClient[" + server + "]";
  }

  /** A call ended. Reported once per call, before its caller is notified. */
  void ended(GrpcCall call) {
    underWay.remove(call);
  }
}
