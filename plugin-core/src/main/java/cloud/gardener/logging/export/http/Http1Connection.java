package cloud.gardener.logging.export.http;

import cloud.gardener.logging.export.transport.PeerCheck;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObject;
import io.netty.util.ReferenceCountUtil;

/** An HTTP/1.1 connection: one call at a time. */
final class Http1Connection extends ChannelInboundHandlerAdapter implements HttpConnection {
  private final Channel channel;
  private final HttpConnections pool;
  private HttpCall call;
  private ChannelFuture written;
  private boolean retired;

  private Http1Connection(Channel channel, HttpConnections pool) {
    this.channel = channel;
    this.pool = pool;
  }

  /** Takes over a channel that is connected and, if required, secured. */
  static Http1Connection install(Channel channel, HttpConnections pool) {
    Http1Connection connection = new Http1Connection(channel, pool);
    channel.pipeline().addLast(new HttpClientCodec(), connection);
    return connection;
  }

  @Override
  public boolean isFree() {
    return call == null && !retired && channel.isActive();
  }

  @Override
  public boolean isIdle() {
    return call == null;
  }

  @Override
  public boolean isHttp2() {
    return false;
  }

  @Override
  public void send(HttpCall newCall) {
    call = newCall;
    written = newCall.writeTo(channel, this);
  }

  @Override
  public void abandon(HttpCall abandoned) {
    close();
  }

  @Override
  public void retire() {
    retired = true;
    if (call == null) {
      close();
    }
  }

  @Override
  public void close() {
    channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object part) {
    try {
      if (call == null) {
        close(); // There is no request for this data.
      } else if (call.receive((HttpObject) part)) {
        responseCompleted();
      }
    } finally {
      ReferenceCountUtil.release(part);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    failed(PeerCheck.closeReason(channel));
    pool.closed(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    failed(cause);
    close();
  }

  private void responseCompleted() {
    HttpCall completed = call;
    call = null;
    // A response may arrive before the request is written; the rest of it must not mix with the next one.
    if (retired || !written.isSuccess() || !completed.isKeepAlive()) {
      close();
    } else {
      pool.free(this);
    }
  }

  private void failed(Throwable cause) {
    HttpCall failedCall = call;
    call = null;
    if (failedCall != null) {
      failedCall.failed(cause);
    }
  }
}
