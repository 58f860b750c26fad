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
  private final byte[] firstBytes = new byte[PeerProtocol.ENOUGH_BYTES];
  private int count;
  private boolean decided;

  /** Whether a proxy responds first, and how much of the end of its response was read. */
  private boolean awaitsProxy;
  private int matchedHeadEnd;

  /** Set also after a failed write. */
  private boolean closing;

  private PeerException failure;

  /** @param throughTunnel whether a proxy's response to CONNECT precedes the server's first bytes */
  public PeerCheck(ExpectedPeer server, boolean throughTunnel) {
    this.server = server;
    this.awaitsProxy = throughTunnel;
  }

  /** The reason why a closed connection was closed. */
  public static IOException closeReason(Channel channel) {
    PeerCheck check = channel.attr(CHECK).get();
    if (check.failure != null) {
      return check.failure;
    }
    return check.isSilent()
        ? new PeerException(check.server.describeSilence())
        : new ClosedChannelException();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context.channel().attr(CHECK).set(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    Optional<String> mismatch =
        !decided && message instanceof ByteBuf bytes ? inspect(bytes) : Optional.empty();
    if (mismatch.isPresent()) {
      ((ByteBuf) message).release();
      fail(context, mismatch.get());
    } else {
      context.fireChannelRead(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (!closing && isSilent()) {
      fail(context, server.describeSilence());
    }
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    boolean reset = cause instanceof IOException && !(cause instanceof SSLException);
    if (reset && !closing && isSilent()) {
      fail(context, server.describeSilence() + " (" + cause.getMessage() + ")");
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
    return !decided && !awaitsProxy && count == 0;
  }

  /** What is wrong with the first bytes; empty when nothing is. */
  private Optional<String> inspect(ByteBuf bytes) {
    for (int i = bytes.readerIndex(); i < bytes.writerIndex() && !decided; i++) {
      byte next = bytes.getByte(i);
      if (count < firstBytes.length) {
        firstBytes[count++] = next;
      }
      PeerProtocol protocol = PeerProtocol.of(firstBytes, count);
      if (awaitsProxy) {
        if (protocol != PeerProtocol.HTTP_1 && protocol != PeerProtocol.UNKNOWN_YET) {
          return Optional.of(ExpectedPeer.NO_PROXY_SPOKEN);
        }
        skipHead(next);
      } else if (protocol != PeerProtocol.UNKNOWN_YET) {
        decided = true;
        return findMismatch(protocol, bytes);
      }
    }
    return Optional.empty();
  }

  /** The response of a proxy that opens a tunnel has no body; the proxy handler deals with any other response. */
  private void skipHead(byte next) {
    matchedHeadEnd = next == HEAD_END[matchedHeadEnd] ? matchedHeadEnd + 1 : next == HEAD_END[0] ? 1 : 0;
    if (matchedHeadEnd == HEAD_END.length) {
      awaitsProxy = false;
      count = 0;
    }
  }

  private Optional<String> findMismatch(PeerProtocol protocol, ByteBuf bytes) {
    if (protocol != server.protocol()) {
      return Optional.of(server.describeMismatch(protocol));
    }
    if (protocol == PeerProtocol.HTTP_1) {
      String text =
          bytes.toString(
              bytes.readerIndex(),
              Math.min(TEXT_BYTES, bytes.readableBytes()),
              StandardCharsets.ISO_8859_1);
      if (TLS_WANTED.stream().anyMatch(text::contains)) {
        return Optional.of(server.describeMismatch(PeerProtocol.TLS));
      }
    }
    return Optional.empty();
  }

  private void fail(ChannelHandlerContext context, String mismatch) {
    decided = true;
    closing = true;
    failure = new PeerException(mismatch);
    context.fireExceptionCaught(failure);
    context.close();
  }
}
