package cloud.gardener.logging.export.grpc;

import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.tls.ReloadingTls;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A gRPC channel, built with its first call, that connects when a call asks for it.
 *
 * <p>gRPC would pause between its own attempts to connect, up to two minutes, and meanwhile fail
 * each call with the failure of the last attempt. The pauses are the caller's business here ({@code Backoff}): so a call on a channel that has failed starts over, with a new look-up of the name.
 * Likewise after a call whose deadline has passed: its connection may be dead without anybody having
 * said so. A change of the TLS files brings another channel as well, and so does a header of a new name.
 *
 * <p>Thread-safe.
 */
final class SharedChannel {
  private final Function<Set<String>, NettyChannelBuilder> builders;
  private final ReloadingTls tls;
  private final List<ManagedChannel> retired = new ArrayList<>();
  private ManagedChannel channel;
  private SslContext context;
  private Set<String> secretHeaders = Set.of();
  private boolean suspect;
  private boolean shutdown;

  /** Leases; guarded by the pool. */
  int users;

  /**
   * Builds nothing yet.
   *
   * @param builders make a builder with everything but the security; they are told the names of the
   *     headers that must not enter the connection's header table
   * @param tls how connections are secured, null for plaintext
   */
  SharedChannel(Function<Set<String>, NettyChannelBuilder> builders, ReloadingTls tls) {
    this.builders = builders;
    this.tls = tls;
  }

  /**
   * A new call, not started.
   *
   * @param headers names of those that will come with it; they are secret
   */
  ClientCall<ExportRequest, byte[]> newCall(CallOptions options, Set<String> headers) {
    return readyChannel(tls == null ? null : tls.context(), headers)
        .newCall(LogsService.EXPORT, options);
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

  private synchronized ManagedChannel readyChannel(SslContext current, Set<String> headers) {
    if (channel == null || current != context || !secretHeaders.containsAll(headers)) {
      Set<String> all = new HashSet<>(secretHeaders);
      all.addAll(headers);
      secretHeaders = all;
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
    NettyChannelBuilder builder = builders.apply(secretHeaders);
    channel =
        (current == null ? builder.usePlaintext() : builder.sslContext(current)).build();
    if (shutdown) {
      channel.shutdownNow();
    }
  }
}
