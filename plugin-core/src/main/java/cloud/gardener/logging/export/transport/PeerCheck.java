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
 * Examines the first bytes of a connection before any other handler reads them. Fails the connection with a {@link
 * PeerException} when the peer does not use the expected protocol. Without it, the protocols' libraries report
 * errors such as "connection closed".
 *
 * <p>One instance per connection, used only on the thread that drives it.
 */
public final class PeerCheck extends ChannelDuplexHandler {
  /** How servers in Go, nginx, Apache and Tomcat respond to plaintext on their TLS port. */
  private static final List<String> TLS_WANTED =
      List.of(
          "HTTP request to an HTTPS server",
          "plain HTTP request was sent to HTTPS port",
          "speaking plain HTTP to an SSL-enabled server port",
          "combination of host and port requires TLS");

  /** The check of a channel; of two, the one inside TLS. */
  private static final AttributeKey<PeerCheck> CHECK =
      AttributeKey.valueOf(PeerCheck.class, "check");

  private static final int TEXT_BYTES = 1024;
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

  private final ExpectedPeer server;
  private final byte[] first = new byte[PeerProtocol.ENOUGH_BYTES];
  private int count;
  private boolean known;

  /** Whether a proxy responds first, and how much of the end of its response was read. */
  private boolean proxyAnswers;
  private int headEnd;

  /** Set also after a failed write. */
  private boolean closing;

  private PeerException failure;

  /** @param throughTunnel whether a proxy's response to CONNECT precedes the server's first bytes */
  public PeerCheck(ExpectedPeer server, boolean throughTunnel) {
    this.server = server;
    this.proxyAnswers = throughTunnel;
  }

  /** The reason why a closed connection was closed. */
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

  /** Whether no byte was received. */
  private boolean isSilent() {
    return !known && !proxyAnswers && count == 0;
  }

  /** What is wrong with the first bytes; empty when nothing is. */
  private Optional<String> look(ByteBuf bytes) {
    for (int i = bytes.readerIndex(); i < bytes.writerIndex() && !known; i++) {
      byte next = bytes.getByte(i);
      if (count < first.length) {
        first[count++] = next;
      }
      PeerProtocol spoken = PeerProtocol.of(first, count);
      if (proxyAnswers) {
        if (spoken != PeerProtocol.HTTP_1 && spoken != PeerProtocol.UNKNOWN_YET) {
          return Optional.of(ExpectedPeer.NO_PROXY_SPOKEN);
        }
        skipHead(next);
      } else if (spoken != PeerProtocol.UNKNOWN_YET) {
        known = true;
        return judge(spoken, bytes);
      }
    }
    return Optional.empty();
  }

  /** The response of a proxy that opens a tunnel has no body; the proxy handler deals with any other response. */
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
