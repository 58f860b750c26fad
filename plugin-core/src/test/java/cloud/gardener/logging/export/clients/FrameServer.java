package cloud.gardener.logging.export.clients;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP/2 server over plaintext that answers each whole request with frames of the test's choice,
 * as no well-behaved server would.
 */
public final class FrameServer implements AutoCloseable {
  private final EventLoopGroup eventLoop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("frame-server", true), NioIoHandler.newFactory());
  private final Channel serverChannel;

  /** Writes an answer. */
  @FunctionalInterface
  public interface Answer {
    /** Called on the server's thread, once for each request. */
    void write(Connection connection);
  }

  public FrameServer(Answer answer) throws Exception {
    serverChannel =
        new ServerBootstrap()
            .group(eventLoop)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(Http2FrameCodecBuilder.forServer().build(), new Requests(answer));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
  }

  public String address() {
    return "127.0.0.1:" + ((InetSocketAddress) serverChannel.localAddress()).getPort();
  }

  @Override
  public void close() {
    serverChannel.close();
    eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private static final class Requests extends ChannelInboundHandlerAdapter {
    private final Answer answer;

    Requests(Answer answer) {
      this.answer = answer;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      if (frame instanceof Http2DataFrame data && data.isEndStream()) {
        answer.write(new Connection(context, data.stream()));
      }
      ReferenceCountUtil.release(frame);
    }
  }

  /** One request's stream, and the connection it came on. */
  public record Connection(ChannelHandlerContext context, Http2FrameStream stream) {
    /** Names and values in turn. */
    public void headers(boolean endStream, String... namesAndValues) {
      DefaultHttp2Headers headers = new DefaultHttp2Headers();
      for (int i = 0; i < namesAndValues.length; i += 2) {
        headers.add(namesAndValues[i], namesAndValues[i + 1]);
      }
      context.writeAndFlush(new DefaultHttp2HeadersFrame(headers, endStream).stream(stream));
    }

    public void data(boolean endStream, byte... bytes) {
      ByteBuf content = Unpooled.wrappedBuffer(bytes);
      context.writeAndFlush(new DefaultHttp2DataFrame(content, endStream).stream(stream));
    }

    public void reset(Http2Error error) {
      context.writeAndFlush(new DefaultHttp2ResetFrame(error).stream(stream));
    }

    /** Says that no stream has been looked at, and closes the connection. */
    public void goAway() {
      byte[] frame = {0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
      context
          .pipeline()
          .firstContext()
          .writeAndFlush(Unpooled.wrappedBuffer(frame))
          .addListener(written -> context.channel().close());
    }
  }
}
