package cloud.gardener.logging.export.http;

import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.export.tls.TlsUse;
import cloud.gardener.logging.export.transport.ExpectedPeer;
import cloud.gardener.logging.export.transport.NettyTransport;
import cloud.gardener.logging.export.transport.PeerCheck;
import cloud.gardener.logging.export.transport.PeerException;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Opens connections: resolves the name, tries one address after the other, connects through a proxy, secures the
 * connection, and determines the protocol.
 *
 * <p>Used only on the thread that drives the connections, except for name resolution.
 */
final class HttpConnector {
  /** The TLS alert. */
  private static final String NO_COMMON_PROTOCOL = "no_application_protocol";

  private final NettyTransport transport;

  HttpConnector(NettyTransport transport) {
    this.transport = transport;
  }

  EventLoop eventLoop() {
    return transport.eventLoop();
  }

  /**
   * Opens a connection.
   *
   * @param tls null for plaintext
   * @param pool notified when the connection is free or closed
   */
  Future<HttpConnection> connect(HttpKey key, SslContext tls, HttpConnections pool) {
    Promise<HttpConnection> promise = eventLoop().newPromise();
    transport
        .resolve(key.peer().host())
        .addListener(
            (Future<InetAddress[]> resolved) -> {
              if (resolved.isSuccess()) {
                new Attempt(key, tls, pool, resolved.getNow(), promise).tryAddress(0);
              } else {
                promise.tryFailure(resolved.cause());
              }
            });
    return promise;
  }

  /** Tries the addresses of a name one after the other. */
  private final class Attempt {
    private final HttpKey key;
    private final SslContext tls;
    private final HttpConnections pool;
    private final InetAddress[] addresses;
    private final Promise<HttpConnection> promise;

    Attempt(
        HttpKey key,
        SslContext tls,
        HttpConnections pool,
        InetAddress[] addresses,
        Promise<HttpConnection> promise) {
      this.key = key;
      this.tls = tls;
      this.pool = pool;
      this.addresses = addresses;
      this.promise = promise;
    }

    /** Any failure ends the attempt: calls wait for it. */
    void tryAddress(int index) {
      try {
        connectTo(index);
      } catch (RuntimeException | Error e) {
        promise.tryFailure(e);
      }
    }

    private void connectTo(int index) {
      InetSocketAddress address = new InetSocketAddress(addresses[index], key.peer().port());
      Bootstrap bootstrap = transport.newBootstrap().handler(new Initializer(address));
      bootstrap
          .connect(
              key.isTunnelled()
                  ? InetSocketAddress.createUnresolved(key.server().host(), key.server().port())
                  : address)
          .addListener(
              connected -> {
                if (!connected.isSuccess() && index + 1 < addresses.length) {
                  tryAddress(index + 1);
                } else if (!connected.isSuccess()) {
                  promise.tryFailure(connected.cause());
                }
              });
    }

    private final class Initializer extends ChannelInitializer<Channel> {
      private final InetSocketAddress address;

      Initializer(InetSocketAddress address) {
        this.address = address;
      }

      @Override
      protected void initChannel(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(
            new PeerCheck(
                new ExpectedPeer(tls != null, key.mayBeHttp2(), false), key.isTunnelled()));
        if (key.isTunnelled()) {
          pipeline.addLast(new HttpProxyHandler(address, proxyHeaders(key.proxy().get())));
        }
        if (tls != null) {
          pipeline.addLast(tls.newHandler(channel.alloc(), key.serverName(), key.server().port()));
        }
        pipeline.addLast(new Ready(key, tls != null, pool, promise));
      }
    }
  }

  private static HttpHeaders proxyHeaders(Address proxy) {
    HttpHeaders headers = new DefaultHttpHeaders();
    if (!proxy.basicCredentials().isEmpty()) {
      headers.set(HttpHeaderNames.PROXY_AUTHORIZATION, proxy.basicCredentials());
    }
    return headers;
  }

  /** Waits for the end of all handshakes, and is then replaced by the connection's handler. */
  private static final class Ready extends ChannelInboundHandlerAdapter {
    private final HttpKey key;
    private final boolean secure;
    private final HttpConnections pool;
    private final Promise<HttpConnection> promise;

    Ready(HttpKey key, boolean secure, HttpConnections pool, Promise<HttpConnection> promise) {
      this.key = key;
      this.secure = secure;
      this.pool = pool;
      this.promise = promise;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      if (!secure) {
        install(context, key.mayBeHttp2());
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
        return;
      }
      if (!handshake.isSuccess()) {
        failed(context, explain(handshake.cause()));
        return;
      }
      String protocol = context.pipeline().get(SslHandler.class).applicationProtocol();
      boolean http2 = ApplicationProtocolNames.HTTP_2.equals(protocol);
      if (!http2 && key.tlsUse() == TlsUse.HTTP_2) {
        failed(context, new PeerException(ExpectedPeer.NO_HTTP2_OVER_TLS));
      } else {
        install(context, http2);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      failed(context, PeerCheck.closeReason(context.channel()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      failed(context, cause);
    }

    private void install(ChannelHandlerContext context, boolean http2) {
      Channel channel = context.channel();
      if (secure) {
        context.pipeline().addLast(new PeerCheck(new ExpectedPeer(false, http2, false), false));
      }
      context.pipeline().remove(this);
      promise.trySuccess(
          http2 ? Http2Connection.install(channel, pool) : Http1Connection.install(channel, pool));
    }

    private Throwable explain(Throwable cause) {
      boolean noCommonProtocol = String.valueOf(cause.getMessage()).contains(NO_COMMON_PROTOCOL);
      if (!noCommonProtocol) {
        return cause;
      }
      return new PeerException(
          key.tlsUse() == TlsUse.HTTP_2
              ? ExpectedPeer.NO_HTTP2_OVER_TLS
              : ExpectedPeer.ONLY_HTTP2_OVER_TLS);
    }

    private void failed(ChannelHandlerContext context, Throwable cause) {
      promise.tryFailure(cause);
      context.close();
    }
  }
}
