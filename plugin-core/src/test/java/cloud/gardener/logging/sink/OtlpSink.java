package cloud.gardener.logging.sink;

import com.github.luben.zstd.ZstdInputStream;
import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An OTLP/gRPC logs backend on this machine. Counts what it accepts: a request counts when it is
 * answered OK, in full or in part. What it does with requests can be changed at any time, see {@link
 * #behave}.
 *
 * <p>Thread-safe. Takes requests up to 4 MiB, as gRPC servers do.
 */
public final class OtlpSink implements AutoCloseable {
  private static final int MAX_REQUEST_BYTES = 4 * 1024 * 1024;

  private final String host;
  private final SinkService service;
  private final EventLoopGroup eventLoop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("otlp-sink", true), NioIoHandler.newFactory());
  private final ResettableServerChannel listening = new ResettableServerChannel();
  private final Server server;
  private HttpIntake http;

  /**
   * Starts to serve.
   *
   * @param options how
   * @throws IOException when the port cannot be had
   */
  public OtlpSink(Options options) throws IOException {
    host = options.host();
    service = new SinkService(options, eventLoop, listening::resetConnections);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getByName(host), options.port()))
            .bossEventLoopGroup(eventLoop)
            .workerEventLoopGroup(eventLoop)
            .channelFactory(() -> listening)
            .directExecutor()
            .maxInboundMessageSize(MAX_REQUEST_BYTES)
            .decompressorRegistry(
                DecompressorRegistry.getDefaultInstance().with(new Zstd(), true))
            .addService(service.definition());
    if (options.tls() != null) {
      builder.sslContext(options.tls());
    }
    server = builder.build();
    try {
      server.start();
    } catch (IOException e) {
      eventLoop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw e;
    }
  }

  /** A sink on a free port that accepts, counts, and keeps nothing. */
  public static OtlpSink start() throws IOException {
    return new OtlpSink(Options.defaults());
  }

  /** A sink on a free port that keeps each request as a message. */
  public static OtlpSink startCapturing() throws IOException {
    return new OtlpSink(Options.defaults().capturing());
  }

  /** The port it serves on. */
  public int port() {
    return server.getPort();
  }

  /** Takes protobuf requests over HTTP as well, on a port of its own, and returns that port. */
  int serveHttp() throws IOException {
    http = new HttpIntake(service::acceptRequest);
    return http.port();
  }

  /** {@code 127.0.0.1:port}, where no other host was asked for. */
  public String address() {
    return host + ":" + port();
  }

  /** From now on answers like this. */
  public void behave(SinkBehaviour behaviour) {
    service.behave(behaviour);
  }

  /** Accepts the requests that hang. */
  public void releaseHanging() {
    service.releaseHanging();
  }

  /** Requests that hang. */
  public int hanging() {
    return service.hanging();
  }

  /** Open connections. */
  public int connections() {
    return listening.connections();
  }

  /** Connections so far, open or not. */
  public int accepted() {
    return listening.accepted();
  }

  /** What it has accepted. */
  public Totals totals() {
    return service.totals();
  }

  /** The numbers in what it has accepted; null unless {@link Options#counting()}. */
  public SeqTally tally() {
    return service.tally();
  }

  /** The requests it has accepted, in order; empty unless {@link Options#capturing()}. */
  public List<ExportLogsServiceRequest> captured() {
    return service.captured();
  }

  /** The headers of the last request, whatever became of it; null before the first. */
  public Metadata lastHeaders() {
    return service.lastHeaders();
  }

  /** Whose certificate came with the last request; empty for none. */
  String lastClient() {
    return service.lastClient();
  }

  /**
   * Waits until it has accepted that many records.
   *
   * @return false when that did not happen in time
   */
  public boolean awaitRecords(long records, Duration atMost) throws InterruptedException {
    return service.await(() -> service.totals().records() >= records, atMost);
  }

  /**
   * Waits until that many requests hang.
   *
   * @return false when that did not happen in time
   */
  public boolean awaitHanging(int requests, Duration atMost) throws InterruptedException {
    return service.await(() -> service.hanging() >= requests, atMost);
  }

  /** Stops at once; requests under way fail. */
  @Override
  public void close() {
    if (http != null) {
      http.close();
    }
    server.shutdownNow();
    try {
      server.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  /** Read by the reference implementation. */
  private static final class Zstd implements Decompressor {
    @Override
    public String getMessageEncoding() {
      return "zstd";
    }

    @Override
    public InputStream decompress(InputStream compressed) throws IOException {
      return new ZstdInputStream(compressed);
    }
  }

  /**
   * What was accepted.
   *
   * @param records not counting rejected ones
   * @param requests that were answered OK, in full or in part
   * @param bytes of these requests, uncompressed
   */
  public record Totals(long records, long requests, long bytes) {
    @Override
    public String toString() {
      return "records " + records + " requests " + requests + " bytes " + bytes;
    }
  }

  /**
   * How a sink serves.
   *
   * @param port 0 for a free one
   * @param capture whether to keep each request as a message
   * @param count whether to look for numbers in bodies
   * @param tls null for plaintext
   */
  public record Options(String host, int port, boolean capture, boolean count, SslContext tls) {
    /** A free port of 127.0.0.1, plaintext, nothing kept. */
    public static Options defaults() {
      return new Options("127.0.0.1", 0, false, false, null);
    }

    /** On this address of the machine. */
    public Options onHost(String other) {
      return new Options(other, port, capture, count, tls);
    }

    /** On this port. */
    public Options onPort(int other) {
      return new Options(host, other, capture, count, tls);
    }

    /** Keeps each request as a message. */
    public Options capturing() {
      return new Options(host, port, true, count, tls);
    }

    /** Looks for {@code seq=<n>} in each body. */
    public Options counting() {
      return new Options(host, port, capture, true, tls);
    }

    /** Over TLS. */
    public Options over(SslContext context) {
      return new Options(host, port, capture, count, context);
    }
  }
}
