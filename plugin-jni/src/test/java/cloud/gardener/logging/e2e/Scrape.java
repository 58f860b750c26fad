package cloud.gardener.logging.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Reads the plugin's metrics as Prometheus does. */
public final class Scrape {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private Scrape() {}

  /**
   * The sum of all series of a metric; 0 where it has none. NaN, which is equal to nothing, where the server is not
   * there or did not answer in time.
   */
  public static double sum(int port, String metric) throws InterruptedException {
    return sum(port, metric, "");
  }

  /** The same, of the series whose line contains a text. */
  public static double sum(int port, String metric, String text) throws InterruptedException {
    String page = text(port, "/metrics");
    double sum = page.isEmpty() ? Double.NaN : 0;
    for (String line : page.lines().toList()) {
      boolean series = line.startsWith(metric + "{") || line.startsWith(metric + " ");
      if (series && line.contains(text)) {
        sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    return sum;
  }

  /** The sum of all series of a metric, once the server of a host answers. */
  public static double await(HostProcess host, int port, String metric) throws IOException, InterruptedException {
    double[] sum = new double[1];
    host.await("the page of metrics", () -> !Double.isNaN(sum[0] = sum(port, metric)));
    return sum[0];
  }

  /** The body of a page; empty where the server is not there. */
  public static String text(int port, String path) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(2))
            .build();
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    }
  }
}
