package cloud.gardener.logging.metrics.server;

import cloud.gardener.logging.metrics.PluginMetrics;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;

/**
 * {@code /metrics}: streamed, because with hundreds of targets the page has megabytes.
 *
 * <p>At most {@value #MAX_SCRAPES} scrapes run concurrently: each needs memory, and a client that does not read
 * occupies a thread of the server. Prometheus often runs in pairs.
 */
final class MetricsPage implements Page {
  static final int MAX_SCRAPES = 2;

  private final PluginMetrics metrics;
  private final Semaphore free = new Semaphore(MAX_SCRAPES);

  MetricsPage(PluginMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public PageResponse get(HttpExchange request) {
    if (!free.tryAcquire()) {
      return PageResponse.text(503, MAX_SCRAPES + " scrapes are under way, scrape again later\n");
    }
    String type = PluginMetrics.contentType(request.getRequestHeaders().getFirst("Accept"));
    return new PageResponse(200, type, new Scrape(type));
  }

  private final class Scrape implements BodyWriter {
    private final String type;

    Scrape(String type) {
      this.type = type;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      metrics.write(out, type);
    }

    @Override
    public void close() {
      free.release();
    }
  }
}
