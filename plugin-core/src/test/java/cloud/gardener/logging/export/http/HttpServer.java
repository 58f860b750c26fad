package cloud.gardener.logging.export.http;

import cloud.gardener.logging.export.clients.Backend;
import cloud.gardener.logging.export.clients.Exports;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A backend of OTLP over HTTP/1.1 and HTTP/2 on 127.0.0.1: notes each request, and answers as the
 * test says.
 */
public final class HttpServer implements Backend {
  private static final int MAX_REQUEST_BYTES = 64 * 1024 * 1024;

  private final EventLoopGroup eventLoop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("http-server", true), NioIoHandler.newFactory());
  private final Channel listening;
  private final SslContext tls;
  private final boolean http2;
  private final List<Request> receivedRequests = new CopyOnWriteArrayList<>();
  private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicLong okCount = new AtomicLong();
  private final List<Runnable> heldReplies = new ArrayList<>();
  private volatile boolean holdsReplies;
  private volatile Function<Request, Reply> handler = request -> new Reply(200);

  /** A request as it came. */
  public record Request(boolean http2, String target, HttpHeaders headers, byte[] body) {}

  /** An answer. */
  public record Reply(int status, byte[] body, String... headers) {
    public Reply(int status, String... headers) {
      this(status, new byte[0], headers);
    }
  }

  /**
   * Starts to serve.
   *
   * @param tls null for plaintext
   * @param http2 what is spoken over plaintext; over TLS both are
   */
  public HttpServer(SslContext tls, boolean http2) throws Exception {
    this.tls = tls;
    this.http2 = http2;
    listening =
        new ServerBootstrap()
            .group(eventLoop)
            .channel(NioServerSocketChannel.class)
            .childHandler(new Connection())
            .bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0))
            .sync()
            .channel();
  }

  public static HttpServer newHttp1Server() throws Exception {
    return new HttpServer(null, false);
  }

  public void replyWith(Function<Request, Reply> other) {
    handler = other;
  }

  public void replyWith(int status, String... headers) {
    handler = request -> new Reply(status, headers);
  }

  public List<Request> receivedRequests() {
    return receivedRequests;
  }

  public Request lastRequest() {
    return receivedRequests.get(receivedRequests.size() - 1);
  }

  int connections() {
    return connections.size();
  }

  void closeConnections() {
    connections.forEach(Channel::close);
  }

  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  @Override
  public String address() {
    return "127.0.0.1:" + port();
  }

  @Override
  public long requests() {
    return okCount.get();
  }

  @Override
  public int accepted() {
    return accepted.get();
  }

  @Override
  public void hold() {
    holdsReplies = true;
  }

  @Override
  public void awaitHeld(int requests) {
    Exports.awaitCondition(() -> heldReplyCount() >= requests, requests + " requests do not wait");
  }

  @Override
  public void release() {
    List<Runnable> released;
    synchronized (heldReplies) {
      holdsReplies = false;
      released = List.copyOf(heldReplies);
      heldReplies.clear();
    }
    released.forEach(Runnable::run);
  }

  @Override
  public void close() {
    listening.close();
    closeConnections();
    eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private int heldReplyCount() {
    synchronized (heldReplies) {
      return heldReplies.size();
    }
  }

  private final class Connection extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      accepted.incrementAndGet();
      connections.add(channel);
      channel.closeFuture().addListener(closed -> connections.remove(channel));
      if (tls == null) {
        speak(channel, http2);
      } else {
        channel.pipeline().addLast(tls.newHandler(channel.alloc()), new Negotiation());
      }
    }

    private void speak(Channel channel, boolean version2) {
      if (!version2) {
        channel
            .pipeline()
            .addLast(
                new HttpServerCodec(),
                new HttpObjectAggregator(MAX_REQUEST_BYTES),
                new Requests(false));
        return;
      }
      channel
          .pipeline()
          .addLast(
              Http2FrameCodecBuilder.forServer().build(),
              new Http2MultiplexHandler(
                  new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel stream) {
                      stream
                          .pipeline()
                          .addLast(
                              new Http2StreamFrameToHttpObjectCodec(true),
                              new HttpObjectAggregator(MAX_REQUEST_BYTES),
                              new Requests(true));
                    }
                  }));
    }

    private final class Negotiation extends ApplicationProtocolNegotiationHandler {
      Negotiation() {
        super(ApplicationProtocolNames.HTTP_1_1);
      }

      @Override
      protected void configurePipeline(ChannelHandlerContext context, String protocol) {
        speak(context.channel(), protocol.equals(ApplicationProtocolNames.HTTP_2));
      }

      @Override
      public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close(); // What the client says of it is what is tested.
      }
    }
  }

  private final class Requests extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final boolean version2;

    Requests(boolean version2) {
      this.version2 = version2;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
      if (message.decoderResult().isFailure()) {
        send(context, new Reply(400, "Connection", "close")); // Not HTTP.
        return;
      }
      Request request =
          new Request(
              version2,
              message.uri(),
              message.headers().copy(),
              ByteBufUtil.getBytes(message.content()));
      receivedRequests.add(request);
      synchronized (heldReplies) {
        if (holdsReplies) {
          heldReplies.add(() -> reply(context, request));
          return;
        }
      }
      reply(context, request);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }

    private void reply(ChannelHandlerContext context, Request request) {
      Reply reply = handler.apply(request);
      if (reply.status() == 200) {
        okCount.incrementAndGet();
      }
      send(context, reply);
    }

    private void send(ChannelHandlerContext context, Reply reply) {
      DefaultFullHttpResponse response =
          new DefaultFullHttpResponse(
              io.netty.handler.codec.http.HttpVersion.HTTP_1_1,
              HttpResponseStatus.valueOf(reply.status()),
              Unpooled.wrappedBuffer(reply.body()));
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, reply.body().length);
      for (int i = 0; i < reply.headers().length; i += 2) {
        response.headers().set(reply.headers()[i], reply.headers()[i + 1]);
      }
      boolean last = response.headers().contains(HttpHeaderNames.CONNECTION, "close", true);
      context
          .writeAndFlush(response)
          .addListener(last ? ChannelFutureListener.CLOSE : ChannelFutureListener.CLOSE_ON_FAILURE);
    }
  }
}
