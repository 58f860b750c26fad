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
  private final PageResponse answer;
  private final byte[] piece = new byte[PIECE_BYTES];
  private int size;
  private boolean begun;

  ResponseWriter(HttpExchange exchange, PageResponse answer) {
    this.exchange = exchange;
    this.answer = answer;
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    for (int left = length; left > 0; ) {
      if (size == piece.length) {
        send();
      }
      int part = Math.min(left, piece.length - size);
      System.arraycopy(bytes, at, piece, size, part);
      size += part;
      at += part;
      left -= part;
    }
  }

  private void send() throws IOException {
    if (!begun) {
      begin(answer, answer.body().length());
    }
    exchange.getResponseBody().write(piece, 0, size);
    size = 0;
  }

  private void begin(PageResponse response, long length) throws IOException {
    begun = true;
    response.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", response.contentType());
    exchange.sendResponseHeaders(response.status(), length);
  }

  /**
   * The response is complete.
   *
   * @param head whether the request is HEAD, so that no body is sent
   */
  void end(boolean head) throws IOException {
    if (head) {
      begin(answer, NO_BODY);
    } else {
      send();
    }
    exchange.close();
  }

  /**
   * Sends this response instead, when nothing is sent yet.
   *
   * @throws IOException otherwise; the server then closes the connection, without the end mark of a body
   */
  void fail(PageResponse instead) throws IOException {
    if (begun) {
      throw new IOException("the page failed after its first bytes were sent");
    }
    begin(instead, instead.body().length());
    instead.body().writeTo(exchange.getResponseBody());
    exchange.close();
  }
}
