package cloud.gardener.logging.export;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;

/**
 * A gRPC channel, built with its first call, that connects when a call asks for it.
 *
 * <p>gRPC would pause between its own attempts to connect, up to two minutes, and meanwhile fail
 * each call with the failure of the last attempt. The pauses are the caller's business here ({@link
 * Backoff}): so a call on a channel that has failed starts over, with a new look-up of the name.
 * Likewise after a call whose deadline has passed: its connection may be dead without anybody having
 * said so.
 *
 * <p>Thread-safe.
 */
final class SharedChannel {
  private final NettyChannelBuilder builder;
  private ManagedChannel channel;
  private boolean suspect;
  private boolean shutdown;

  /** Leases; guarded by the pool. */
  int users;

  SharedChannel(NettyChannelBuilder builder) {
    this.builder = builder;
  }

  /** A new call, not started. */
  ClientCall<ExportRequest, byte[]> newCall(CallOptions options) {
    return readyChannel().newCall(LogsService.EXPORT, options);
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
  }

  /** As gRPC names it; IDLE is without a connection. */
  synchronized ConnectivityState state() {
    return channel == null ? ConnectivityState.IDLE : channel.getState(false);
  }

  private synchronized ManagedChannel readyChannel() {
    if (channel == null) {
      channel = builder.build();
      if (shutdown) {
        channel.shutdownNow();
      }
    }
    if (suspect || channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      suspect = false;
      channel.enterIdle();
    }
    return channel;
  }
}
