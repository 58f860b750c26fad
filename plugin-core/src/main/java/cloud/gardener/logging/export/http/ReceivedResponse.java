package cloud.gardener.logging.export.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * A response that arrives part by part. At most 4 MiB of its body are kept, and at most as many decoded; the rest is
 * read and discarded, so that the connection stays usable.
 *
 * <p>Not thread-safe.
 */
final class ReceivedResponse {
  private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

  private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private HttpResponse head;
  private boolean informational;
  private boolean truncated;

  /**
   * Adds the next part; does not release it.
   *
   * @return whether it was the last one
   * @throws IllegalArgumentException when it is not valid HTTP
   */
  boolean add(HttpObject part) {
    if (part.decoderResult().isFailure()) {
      throw new IllegalArgumentException("the answer is no HTTP", part.decoderResult().cause());
    }
    if (part instanceof HttpResponse response) {
      informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
      head = response;
    }
    if (part instanceof HttpContent content && !informational) {
      appendBody(content.content());
    }
    return part instanceof LastHttpContent && !informational;
  }

  HttpResponseStatus status() {
    return head.status();
  }

  HttpHeaders headers() {
    return head.headers();
  }

  /** In lower case and without parameters; empty for none. */
  String contentType() {
    String type = headers().get(HttpHeaderNames.CONTENT_TYPE, "");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /**
   * The body without its content coding, at most 4 MiB of it.
   *
   * @return null when the coding is unknown
   * @throws IOException when the body is damaged
   */
  ContentCoding.Decoded decodeBody() throws IOException {
    String coding = headers().get(HttpHeaderNames.CONTENT_ENCODING, "");
    return truncated
        ? new ContentCoding.Decoded(new byte[0], true)
        : ContentCoding.decode(coding, body.toByteArray(), MAX_BODY_BYTES);
  }

  /** Bytes of the body that were kept. */
  int bodyBytes() {
    return body.size();
  }

  /** Whether HTTP/1.1 keeps the connection open. */
  boolean isKeepAlive() {
    return HttpUtil.isKeepAlive(head);
  }

  private void appendBody(ByteBuf content) {
    int kept = Math.min(content.readableBytes(), MAX_BODY_BYTES - body.size());
    truncated |= kept < content.readableBytes();
    try {
      content.getBytes(content.readerIndex(), body, kept);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Memory streams do not fail.
    }
  }
}
