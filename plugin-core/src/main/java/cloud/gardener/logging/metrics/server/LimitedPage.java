package cloud.gardener.logging.metrics.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;

/**
 * A page of which only a few responses are written concurrently: each needs memory, and a client that does not read
 * occupies a thread of the server.
 */
final class LimitedPage implements Page {
  private final Page page;
  private final Semaphore permits;
  private final String refusal;

  /** @param refusal the text for a request beyond {@code most}, with a line feed */
  LimitedPage(Page page, int maxConcurrent, String refusal) {
    this.page = page;
    this.permits = new Semaphore(maxConcurrent);
    this.refusal = refusal;
  }

  @Override
  public PageResponse get(HttpExchange request) throws IOException {
    if (!permits.tryAcquire()) {
      return PageResponse.text(503, refusal);
    }
    PageResponse response = null;
    try {
      response = page.get(request);
      BodyWriter body = response.body();
      return new PageResponse(
          response.status(), response.contentType(), response.headers(), new Counted(body));
    } finally {
      if (response == null) {
        permits.release();
      }
    }
  }

  private final class Counted implements BodyWriter {
    private final BodyWriter body;

    Counted(BodyWriter body) {
      this.body = body;
    }

    @Override
    public long length() {
      return body.length();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      body.writeTo(out);
    }

    @Override
    public void close() {
      body.close();
      permits.release();
    }
  }
}
