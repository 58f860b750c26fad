package cloud.gardener.logging.export;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A gRPC channel, built with its first call, that connects when a call asks for it.
 *
 * <p>gRPC would pause between its own attempts to connect, up to two minutes, and meanwhile fail
 * each call with the failure of the last attempt. The pauses are the caller's business here ({@link
 * Backoff}): so a call on a channel that has failed starts over, with a new look-up of the name.
 * Likewise after a call whose deadline has passed: its connection may be dead without anybody having
 * said so. A change of the TLS files brings another channel as well.
 *
 * <p>Thread-safe.
 */
final class SharedChannel {
  private final Supplier<NettyChannelBuilder> builders;
  private final ReloadingTls tls;
  private final List<ManagedChannel> retired = new ArrayList<>();
  private ManagedChannel channel;
  private SslContext context;
  private boolean suspect;
  private boolean shutdown;

  /** Leases; guarded by the pool. */
  int users;

  /**
   * Builds nothing yet.
   *
   * @param builders make a builder with everything but the security
   * @param tls how connections are secured, null for plaintext
   */
  SharedChannel(Supplier<NettyChannelBuilder> builders, ReloadingTls tls) {
    this.builders = builders;
    this.tls = tls;
  }

  /** A new call, not started. */
  ClientCall<ExportRequest, byte[]> newCall(CallOptions options) {
    return readyChannel(tls == null ? null : tls.context()).newCall(LogsService.EXPORT, options);
  }

  /** The connection did not bring an answer in time: the next call opens another one. */
  synchronized void suspect() {
    suspect = true;
  }

  /** Ends all calls and the connection, for good. */
  synchronized void shutdown() {
    shutdown = true;
    if (channel != null) {
      channel.shutdownNow();
    }
    retired.forEach(ManagedChannel::shutdownNow);
  }

  /** As gRPC names it; IDLE is without a connection. */
  synchronized ConnectivityState state() {
    return channel == null ? ConnectivityState.IDLE : channel.getState(false);
  }

  private synchronized ManagedChannel readyChannel(SslContext current) {
    if (channel == null || current != context) {
      replaceChannel(current);
    }
    if (suspect || channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      suspect = false;
      channel.enterIdle();
    }
    return channel;
  }

  /** The calls of the old channel go on to their end, on the connection that they began on. */
  private void replaceChannel(SslContext current) {
    if (channel != null) {
      retired.removeIf(ManagedChannel::isTerminated);
      retired.add(channel.shutdown());
    }
    context = current;
    NettyChannelBuilder builder = builders.get();
    channel =
        (current == null ? builder.usePlaintext() : builder.sslContext(current)).build();
    if (shutdown) {
      channel.shutdownNow();
    }
  }
}
