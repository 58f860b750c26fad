package cloud.gardener.logging.export.transport;

import io.grpc.Codec;
import io.grpc.CompressorRegistry;
import io.grpc.DecompressorRegistry;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
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
 * The resources that all connections share: one thread that drives them, a few threads that resolve names, and the
 * memory that requests are sent from. The threads start with the first connection; resolver threads end when there is
 * nothing to resolve.
 *
 * <p>Thread-safe.
 */
public final class NettyTransport implements AutoCloseable {
  /** Name resolution blocks; an unresponsive name server must not make all targets wait for one thread. */
  private static final int RESOLVER_THREADS = 4;
  private static final Duration RESOLVER_IDLE = Duration.ofSeconds(10);

  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
  private static final int SHUTDOWN_SECONDS = 2;

  /** Only responses are received. A fixed window also avoids the pings that would measure it. */
  private static final int RECEIVE_WINDOW_BYTES = 64 * 1024;
  private static final int MAX_RESPONSE_BYTES = 4 * 1024 * 1024;
  /** Long error messages arrive as metadata. */
  private static final int MAX_METADATA_BYTES = 64 * 1024;

  /**
   * What a connection hands to the socket at once. Netty's 64 KiB would split a request of 500 records into three
   * writes. It takes no memory: the bytes are in {@link #memory()} already, wherever they wait.
   */
  private static final WriteBufferWaterMark WRITE_AT_ONCE =
      new WriteBufferWaterMark(256 * 1024, 1024 * 1024);

  /**
   * Servers close a connection whose client pings more often than every 5 minutes. A call's deadline also detects a
   * dead connection, see {@code SharedChannel.markSuspect}.
   */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(330);
  private static final Duration KEEP_ALIVE_TIMEOUT = Duration.ofSeconds(20);

  private static final ZstdCodec ZSTD = new ZstdCodec();
  private static final CompressorRegistry COMPRESSORS = CompressorRegistry.newEmptyInstance();
  private static final DecompressorRegistry DECOMPRESSORS =
      DecompressorRegistry.getDefaultInstance().with(ZSTD, false);

  /**
   * The libraries log a warning with a stack trace for each failure that is also reported here, once. The references
   * are held here because the log manager holds only weak ones.
   */
  private static final List<Logger> LIBRARIES =
      List.of(Logger.getLogger("io.grpc"), Logger.getLogger("io.netty"));

  static {
    useLittleOfNetty();
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
   * Does not open anything yet.
   *
   * @param idleTimeout time without calls after which a channel closes its connection; at least 1 s
   */
  public NettyTransport(Duration idleTimeout) {
    this.idleTimeout = idleTimeout;
  }

  /** A builder with the common settings of all channels; the caller must still add {@link #newSocket}. */
  public NettyChannelBuilder newChannel(String host, int port) {
    return NettyChannelBuilder.forAddress(host, port)
        .eventLoopGroup(eventLoop)
        .withOption(ChannelOption.ALLOCATOR, memory())
        .withOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_AT_ONCE)
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
        // The caller retries, and gRPC's own retries would hold each request twice.
        .disableRetry()
        .disableServiceConfigLookUp();
  }

  /** A gRPC connection that detects when the server does not use the expected protocol. */
  public Channel newSocket(ExpectedPeer server, boolean throughTunnel) {
    Channel socket = new NioSocketChannel();
    socket.pipeline().addFirst(new PeerCheck(server, throughTunnel));
    return socket;
  }

  /** A bootstrap with the common settings of all connections; takes resolved addresses. */
  public Bootstrap newBootstrap() {
    return new Bootstrap()
        .group(eventLoop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.ALLOCATOR, memory())
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_AT_ONCE)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
        .disableResolver();
  }

  /** Resolves a name on a thread that may block; the result arrives on the event loop. */
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

  /** Time without calls after which a connection is closed. */
  public Duration idleTimeout() {
    return idleTimeout;
  }

  /** Ends the threads, at most two seconds after the name resolutions in progress. */
  @Override
  public void close() {
    resolver.shutdownNow();
  }

  /**
   * What requests are sent from: malloc, without a pool of netty's. A pool would keep a chunk of 2 MiB, grow by such
   * chunks, and cost 2 to 8% more of the CPU time of all Fluent Bit at full speed.
   */
  private static ByteBufAllocator memory() {
    return UnpooledByteBufAllocator.DEFAULT;
  }

  /**
   * Leaves out what nobody uses here, before the first class of netty reads its settings: pools of memory, events for the JDK's flight recorder, and slf4j in front of the JDK's loggers. Each of them
   * is 10 to 30 classes.
   */
  private static void useLittleOfNetty() {
    System.getProperties().putIfAbsent("io.netty.allocator.type", "unpooled");
    System.getProperties().putIfAbsent("io.netty.jfr.enabled", "false");
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
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
            // Not earlier: gRPC panics when a name resolution ends without an event loop.
            eventLoop.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
          }
        };
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
