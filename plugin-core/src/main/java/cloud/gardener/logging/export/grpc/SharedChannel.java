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
 * A gRPC channel, created with its first call, that connects on demand.
 *
 * <p>gRPC would pause between its own attempts to connect for up to two minutes, and meanwhile fail each call with
 * the failure of the last attempt. Here the caller controls the pauses ({@code Backoff}), so a call on a failed
 * channel reconnects at once and resolves the name again. The same applies after a call that exceeded its deadline:
 * its connection may be dead without a notice. A change of the TLS files, or a header with a new name, also replaces
 * the channel.
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

  /** Number of leases; guarded by the pool. */
  int users;

  /**
   * Does not build the channel yet.
   *
   * @param builders create a builder with everything except TLS. The argument is the names of the headers that must
   *     not enter the connection's header table
   * @param tls TLS settings, null for plaintext
   */
  SharedChannel(Function<Set<String>, NettyChannelBuilder> builders, ReloadingTls tls) {
    this.builders = builders;
    this.tls = tls;
  }

  /**
   * A new call that is not started.
   *
   * @param headers names of the headers that the call will carry; they are secret
   */
  ClientCall<ExportRequest, byte[]> newCall(CallOptions options, Set<String> headers) {
    return readyChannel(tls == null ? null : tls.context(), headers)
        .newCall(LogsService.EXPORT, options);
  }

  /** The connection delivered no response in time: the next call opens another one. */
  synchronized void markSuspect() {
    suspect = true;
  }

  /** Ends all calls and closes the connection permanently. */
  synchronized void shutdown() {
    shutdown = true;
    if (channel != null) {
      channel.shutdownNow();
    }
    retired.forEach(ManagedChannel::shutdownNow);
  }

  /** gRPC's state; IDLE means without a connection. */
  synchronized ConnectivityState state() {
    return channel == null ? ConnectivityState.IDLE : channel.getState(false);
  }

  private synchronized ManagedChannel readyChannel(SslContext current, Set<String> headers) {
    if (channel == null || current != context || !secretHeaders.containsAll(headers)) {
      Set<String> names = new HashSet<>(secretHeaders);
      names.addAll(headers);
      secretHeaders = names;
      replaceChannel(current);
    }
    if (suspect || channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      suspect = false;
      channel.enterIdle();
    }
    return channel;
  }

  /** The calls of the old channel continue on its connection. */
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
