package cloud.gardener.logging.export.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Looks at the first bytes of a connection, in front of whatever reads them, and fails the connection
 * with a {@link PeerException} when the other side does not speak what is expected. Without it the
 * protocols' own libraries say things such as "connection closed".
 *
 * <p>Of one connection, on the thread that drives it.
 */
public final class PeerCheck extends ChannelDuplexHandler {
  /** How servers in Go, nginx, Apache and Tomcat answer to plaintext at their port for TLS. */
  private static final List<String> TLS_WANTED =
      List.of(
          "HTTP request to an HTTPS server",
          "plain HTTP request was sent to HTTPS port",
          "speaking plain HTTP to an SSL-enabled server port",
          "combination of host and port requires TLS");

  /** The check of a channel; of two, that inside TLS. */
  private static final AttributeKey<PeerCheck> CHECK =
      AttributeKey.valueOf(PeerCheck.class, "check");

  private static final int TEXT_BYTES = 1024;
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

  private final Expectation server;
  private final byte[] first = new byte[PeerProtocol.ENOUGH_BYTES];
  private int count;
  private boolean known;

  /** Whether a proxy answers first, and how much of its answer's end has been seen. */
  private boolean proxyAnswers;
  private int headEnd;

  /** Also after a failure to write. */
  private boolean closing;

  private PeerException failure;

  /**
   * @param throughTunnel whether a proxy's answer to CONNECT comes before the server's first bytes
   */
  public PeerCheck(Expectation server, boolean throughTunnel) {
    this.server = server;
    this.proxyAnswers = throughTunnel;
  }

  /** Why a connection that is closed is closed. */
  public static IOException whyClosed(Channel channel) {
    PeerCheck check = channel.attr(CHECK).get();
    if (check.failure != null) {
      return check.failure;
    }
    return check.isSilent()
        ? new PeerException(check.server.silence())
        : new ClosedChannelException();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context.channel().attr(CHECK).set(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    Optional<String> wrong =
        !known && message instanceof ByteBuf bytes ? look(bytes) : Optional.empty();
    if (wrong.isPresent()) {
      ((ByteBuf) message).release();
      fail(context, wrong.get());
    } else {
      context.fireChannelRead(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (!closing && isSilent()) {
      fail(context, server.silence());
    }
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    boolean reset = cause instanceof IOException && !(cause instanceof SSLException);
    if (reset && !closing && isSilent()) {
      fail(context, server.silence() + " (" + cause.getMessage() + ")");
    } else {
      context.fireExceptionCaught(cause);
    }
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    closing = true;
    context.close(promise);
  }

  /** Whether nothing has come. */
  private boolean isSilent() {
    return !known && !proxyAnswers && count == 0;
  }

  /** What is wrong with the first bytes, or nothing. */
  private Optional<String> look(ByteBuf bytes) {
    for (int i = bytes.readerIndex(); i < bytes.writerIndex() && !known; i++) {
      byte next = bytes.getByte(i);
      if (count < first.length) {
        first[count++] = next;
      }
      PeerProtocol spoken = PeerProtocol.of(first, count);
      if (proxyAnswers) {
        if (spoken != PeerProtocol.HTTP_1 && spoken != PeerProtocol.UNKNOWN_YET) {
          return Optional.of(Expectation.NO_PROXY_SPOKEN);
        }
        skipHead(next);
      } else if (spoken != PeerProtocol.UNKNOWN_YET) {
        known = true;
        return judge(spoken, bytes);
      }
    }
    return Optional.empty();
  }

  /** The answer of a proxy that opens a tunnel has no body; another one it handles itself. */
  private void skipHead(byte next) {
    headEnd = next == HEAD_END[headEnd] ? headEnd + 1 : next == HEAD_END[0] ? 1 : 0;
    if (headEnd == HEAD_END.length) {
      proxyAnswers = false;
      count = 0;
    }
  }

  private Optional<String> judge(PeerProtocol spoken, ByteBuf bytes) {
    if (spoken != server.protocol()) {
      return Optional.of(server.violatedBy(spoken));
    }
    if (spoken == PeerProtocol.HTTP_1) {
      String text =
          bytes.toString(
              bytes.readerIndex(),
              Math.min(TEXT_BYTES, bytes.readableBytes()),
              StandardCharsets.ISO_8859_1);
      if (TLS_WANTED.stream().anyMatch(text::contains)) {
        return Optional.of(server.violatedBy(PeerProtocol.TLS));
      }
    }
    return Optional.empty();
  }

  private void fail(ChannelHandlerContext context, String wrong) {
    known = true;
    closing = true;
    failure = new PeerException(wrong);
    context.fireExceptionCaught(failure);
    context.close();
  }
}
