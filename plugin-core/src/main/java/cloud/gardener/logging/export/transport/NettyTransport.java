package cloud.gardener.logging.export.transport;

import io.grpc.Codec;
import io.grpc.CompressorRegistry;
import io.grpc.DecompressorRegistry;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What all connections share: one thread that drives them, and a few threads that look names up, beside
 * {@link ExportMemory}. The threads start with the first connection; the latter end when there is nothing to
 * look up.
 *
 * <p>Thread-safe.
 */
public final class NettyTransport implements AutoCloseable {
  /** A look-up blocks; a dead name server must not make every target wait for one thread. */
  private static final int RESOLVER_THREADS = 4;
  private static final Duration RESOLVER_IDLE = Duration.ofSeconds(10);

  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
  private static final int SHUTDOWN_SECONDS = 2;

  /** Only responses arrive here. A fixed window also spares the pings that would measure it. */
  private static final int RECEIVE_WINDOW_BYTES = 64 * 1024;
  private static final int MAX_RESPONSE_BYTES = 4 * 1024 * 1024;
  /** A long error message comes as metadata. */
  private static final int MAX_METADATA_BYTES = 64 * 1024;

  /**
   * Servers end a connection whose client pings more often than each 5 minutes. A connection that
   * has died unseen is also noticed by a call's deadline, see {@code SharedChannel.suspect}.
   */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(330);
  private static final Duration KEEP_ALIVE_TIMEOUT = Duration.ofSeconds(20);

  private static final ZstdCodec ZSTD = new ZstdCodec();
  private static final CompressorRegistry COMPRESSORS = CompressorRegistry.newEmptyInstance();
  private static final DecompressorRegistry DECOMPRESSORS =
      DecompressorRegistry.getDefaultInstance().with(ZSTD, false);

  /**
   * The libraries warn, with stacks, of each failure that we hear of as well and report once. Held
   * here because the log manager does not.
   */
  private static final List<Logger> LIBRARIES =
      List.of(Logger.getLogger("io.grpc"), Logger.getLogger("io.netty"));

  static {
    COMPRESSORS.register(new Codec.Gzip());
    COMPRESSORS.register(ZSTD);
    LIBRARIES.forEach(logger -> logger.setLevel(Level.SEVERE));
  }

  private final EventLoopGroup eventLoop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("gardener-export", true), NioIoHandler.newFactory());
  private final EventLoop loop = eventLoop.next();
  private final ExecutorService resolver = newResolver();
  private final Duration idleTimeout;

  /**
   * Opens nothing yet.
   *
   * @param idleTimeout after it a channel without calls has no connection; at least 1 s
   */
  public NettyTransport(Duration idleTimeout) {
    this.idleTimeout = idleTimeout;
  }

  /** A builder with everything that all channels have in common; it still needs {@link #newSocket}. */
  public NettyChannelBuilder newChannel(String host, int port) {
    return NettyChannelBuilder.forAddress(host, port)
        .eventLoopGroup(eventLoop)
        .withOption(ChannelOption.ALLOCATOR, ExportMemory.allocator())
        .directExecutor()
        .offloadExecutor(resolver)
        .idleTimeout(idleTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
        .keepAliveTimeout(KEEP_ALIVE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
        .flowControlWindow(RECEIVE_WINDOW_BYTES)
        .maxInboundMessageSize(MAX_RESPONSE_BYTES)
        .maxInboundMetadataSize(MAX_METADATA_BYTES)
        .compressorRegistry(COMPRESSORS)
        .decompressorRegistry(DECOMPRESSORS)
        .proxyDetector(address -> null)
        // Retries are the caller's, and gRPC's own would hold each request twice.
        .disableRetry()
        .disableServiceConfigLookUp();
  }

  /** A connection of gRPC that notices when the server does not speak what is expected. */
  public Channel newSocket(Expectation server, boolean throughTunnel) {
    Channel socket = new NioSocketChannel();
    socket.pipeline().addFirst(new PeerCheck(server, throughTunnel));
    return socket;
  }

  /** A bootstrap with everything that all connections have in common; takes resolved addresses. */
  public Bootstrap newBootstrap() {
    return new Bootstrap()
        .group(eventLoop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.ALLOCATOR, ExportMemory.allocator())
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
        .disableResolver();
  }

  /** Looks a name up, on a thread that may block; the answer comes on the event loop. */
  public Future<InetAddress[]> resolve(String host) {
    Promise<InetAddress[]> addresses = eventLoop().newPromise();
    try {
      resolver.execute(
          () -> {
            try {
              addresses.setSuccess(InetAddress.getAllByName(host));
            } catch (UnknownHostException | RuntimeException e) {
              addresses.setFailure(new UnknownHostException("unable to resolve host " + host));
            }
          });
    } catch (RejectedExecutionException e) {
      addresses.setFailure(e);
    }
    return addresses;
  }

  /** The thread that drives all connections. */
  public EventLoop eventLoop() {
    return loop;
  }

  /** After it a connection without calls is closed. */
  public Duration idleTimeout() {
    return idleTimeout;
  }

  /** Ends the threads, at the latest two seconds after the look-ups under way. */
  @Override
  public void close() {
    resolver.shutdownNow();
  }

  private ExecutorService newResolver() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            RESOLVER_THREADS,
            RESOLVER_THREADS,
            RESOLVER_IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("gardener-resolve", true)) {
          @Override
          protected void terminated() {
            // Not earlier: gRPC panics when the end of a look-up finds no event loop.
            eventLoop.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
          }
        };
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
