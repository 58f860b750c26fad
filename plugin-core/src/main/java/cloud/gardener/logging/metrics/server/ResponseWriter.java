package cloud.gardener.logging.metrics.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The response to one request. Status and headers are sent with the first {@value #PIECE_BYTES} bytes, so that a
 * page that fails before can still respond with another status. The pieces are small, because a connection keeps a
 * buffer of twice the size of the largest one.
 */
final class ResponseWriter extends OutputStream {
  private static final int PIECE_BYTES = 8 << 10;
  private static final int NO_BODY = -1;

  private final HttpExchange exchange;
  private final PageResponse response;
  private final byte[] buffer = new byte[PIECE_BYTES];
  private int size;
  private boolean headersSent;

  ResponseWriter(HttpExchange exchange, PageResponse answer) {
    this.exchange = exchange;
    this.response = answer;
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int position = offset;
    for (int remaining = length; remaining > 0; ) {
      if (size == buffer.length) {
        sendBuffer();
      }
      int count = Math.min(remaining, buffer.length - size);
      System.arraycopy(bytes, position, buffer, size, count);
      size += count;
      position += count;
      remaining -= count;
    }
  }

  private void sendBuffer() throws IOException {
    if (!headersSent) {
      sendHeaders(response, response.body().length());
    }
    exchange.getResponseBody().write(buffer, 0, size);
    size = 0;
  }

  private void sendHeaders(PageResponse response, long length) throws IOException {
    headersSent = true;
    response.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", response.contentType());
    exchange.sendResponseHeaders(response.status(), length);
  }

  /**
   * The response is complete.
   *
   * @param head whether the request is HEAD, so that no body is sent
   */
  void complete(boolean head) throws IOException {
    if (head) {
      sendHeaders(response, NO_BODY);
    } else {
      sendBuffer();
    }
    exchange.close();
  }

  /**
   * Sends this response instead, when nothing is sent yet.
   *
   * @throws IOException otherwise; the server then closes the connection, without the end mark of a body
   */
  void replaceWith(PageResponse replacement) throws IOException {
    if (headersSent) {
      throw new IOException("the page failed after its first bytes were sent");
    }
    sendHeaders(replacement, replacement.body().length());
    replacement.body().writeTo(exchange.getResponseBody());
    exchange.close();
  }
}
