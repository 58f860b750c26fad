package cloud.gardener.logging.export.http;

import cloud.gardener.logging.export.transport.ExpectedPeer;
import cloud.gardener.logging.export.transport.PeerCheck;
import cloud.gardener.logging.export.transport.PeerException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2HeadersEncoder.SensitivityDetector;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsAckFrame;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** An HTTP/2 connection: many concurrent calls, each on its own stream. */
final class Http2Connection extends ChannelInboundHandlerAdapter implements HttpConnection {
  private static final String GRPC = "application/grpc";
  private static final String GRPC_STATUS = "grpc-status";
  private static final int MAX_HEADER_LIST_BYTES = 64 * 1024;

  /** Headers that may enter the connection's header table; all others may be secret. */
  private static final Set<String> PUBLIC =
      Set.of(
          ":method",
          ":scheme",
          ":authority",
          ":path",
          HttpHeaderNames.CONTENT_TYPE.toString(),
          HttpHeaderNames.CONTENT_ENCODING.toString(),
          HttpHeaderNames.CONTENT_LENGTH.toString(),
          HttpHeaderNames.USER_AGENT.toString());

  private static final SensitivityDetector SENSITIVE =
      (name, value) -> !PUBLIC.contains(name.toString());

  private final Channel channel;
  private final HttpConnections pool;
  private final Map<HttpCall, Http2StreamChannel> streams = new HashMap<>();
  private int activeCalls;
  private boolean retired;

  private Http2Connection(Channel channel, HttpConnections pool) {
    this.channel = channel;
    this.pool = pool;
  }

  /** Takes over a channel that is connected and, if required, secured. */
  static Http2Connection install(Channel channel, HttpConnections pool) {
    Http2Connection connection = new Http2Connection(channel, pool);
    channel
        .pipeline()
        .addLast(
            Http2FrameCodecBuilder.forClient()
                .initialSettings(
                    Http2Settings.defaultSettings()
                        .pushEnabled(false)
                        .maxHeaderListSize(MAX_HEADER_LIST_BYTES))
                .headerSensitivityDetector(SENSITIVE)
                // Streams above the server's limit wait.
                .encoderEnforceMaxConcurrentStreams(true)
                // By default, Netty acknowledges a new limit before it applies it, and in between starts all waiting
                // streams.
                .autoAckSettingsFrame(false)
                .gracefulShutdownTimeoutMillis(0)
                .build(),
            new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()),
            connection);
    return connection;
  }

  @Override
  public boolean isFree() {
    return !retired && channel.isActive();
  }

  @Override
  public boolean isIdle() {
    return activeCalls == 0;
  }

  @Override
  public boolean isHttp2() {
    return true;
  }

  @Override
  public void send(HttpCall call) {
    activeCalls++;
    new Http2StreamChannelBootstrap(channel)
        .handler(new Stream(call))
        .open()
        .addListener((Future<Http2StreamChannel> opened) -> streamOpened(call, opened));
  }

  @Override
  public void abandon(HttpCall call) {
    Http2StreamChannel stream = streams.get(call);
    if (stream != null) {
      stream.close();
    }
  }

  @Override
  public void retire() {
    retired = true;
    if (activeCalls == 0) {
      close();
    }
  }

  @Override
  public void close() {
    channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) {
    if (frame instanceof Http2SettingsFrame) {
      context.writeAndFlush(Http2SettingsAckFrame.INSTANCE);
    } else if (frame instanceof Http2GoAwayFrame) {
      retire();
    }
    ReferenceCountUtil.release(frame);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    pool.closed(this);
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    retired = true;
    Map.copyOf(streams).keySet().forEach(call -> call.failed(cause));
    close();
  }

  private void streamOpened(HttpCall call, Future<Http2StreamChannel> opened) {
    if (!opened.isSuccess()) {
      call.failed(
          opened.cause() instanceof ClosedChannelException
              ? PeerCheck.closeReason(channel)
              : opened.cause());
      retired = true; // For example, no stream numbers left.
      callEnded();
    } else if (call.hasEnded()) {
      opened.getNow().close();
      callEnded();
    } else {
      Http2StreamChannel stream = opened.getNow();
      streams.put(call, stream);
      stream.closeFuture().addListener(closed -> streamClosed(call));
      call.writeTo(stream, this);
    }
  }

  private void streamClosed(HttpCall call) {
    streams.remove(call);
    call.failed(PeerCheck.closeReason(channel));
    callEnded();
  }

  private void callEnded() {
    activeCalls--;
    if (activeCalls > 0) {
      return;
    }
    if (retired) {
      close();
    } else {
      pool.free(this);
    }
  }

  /** The handler of one stream. */
  private static final class Stream extends ChannelInboundHandlerAdapter {
    private final HttpCall call;

    Stream(HttpCall call) {
      this.call = call;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      context
          .pipeline()
          .addBefore(context.name(), null, new Http2StreamFrameToHttpObjectCodec(false));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
      try {
        if (part instanceof HttpResponse response && isGrpc(response.headers())) {
          call.failed(new PeerException(ExpectedPeer.ONLY_GRPC));
          context.close();
        } else if (part instanceof HttpObject object && call.receive(object)) {
          context.close();
        }
      } finally {
        ReferenceCountUtil.release(part);
      }
    }

    private static boolean isGrpc(HttpHeaders headers) {
      return headers.contains(GRPC_STATUS)
          || headers.get(HttpHeaderNames.CONTENT_TYPE, "").startsWith(GRPC);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof Http2ResetFrame reset) {
        call.failed(new IOException("the stream was reset, HTTP/2 error " + reset.errorCode()));
      }
      ReferenceCountUtil.release(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      call.failed(cause);
      context.close();
    }
  }
}
