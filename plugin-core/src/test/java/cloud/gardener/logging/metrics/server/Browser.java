package cloud.gardener.logging.metrics.server;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Debian's Chromium without a window, driven over the WebDriver protocol of W3C. */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration START = Duration.ofSeconds(30);

  private final Process driver;
  private final String url;
  private String session = "";

  private Browser(Process driver, int port) {
    this.driver = driver;
    this.url = "http://127.0.0.1:" + port + "/session";
  }

  /** Starts a browser; leaves the test out where there is none, and says so. */
  static Browser start() throws IOException, InterruptedException {
    for (String program : List.of("chromium", "chromedriver")) {
      boolean found = isOnPath(program);
      if (!found) {
        System.out.println("StatusBrowserTest did not run: " + program + " is not on PATH; `make real` installs it");
      }
      Assumptions.assumeTrue(found, program);
    }
    int port = ServedMetrics.freePort();
    Process driver =
        new ProcessBuilder("chromedriver", "--port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Browser browser = new Browser(driver, port);
    try {
      browser.open();
      return browser;
    } catch (IOException | InterruptedException | RuntimeException e) {
      browser.close();
      throw e;
    }
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Repeats until the driver listens. */
  private void open() throws IOException, InterruptedException {
    Map<String, Object> chromium =
        Map.of("args", List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"));
    Map<String, Object> wanted =
        Map.of("goog:chromeOptions", chromium, "goog:loggingPrefs", Map.of("browser", "ALL"));
    long endNs = System.nanoTime() + START.toNanos();
    while (session.isEmpty()) {
      try {
        JsonNode opened = post("", Map.of("capabilities", Map.of("alwaysMatch", wanted)));
        session = "/" + opened.get("sessionId").asString();
      } catch (IOException e) {
        if (!driver.isAlive() || System.nanoTime() - endNs > 0) {
          throw e;
        }
        Thread.sleep(50);
      }
    }
  }

  /** Loads a page and returns when it is complete. */
  void load(String page) throws IOException, InterruptedException {
    post("/url", Map.of("url", page));
  }

  /** The result of a script, which returns a value. */
  JsonNode run(String script) throws IOException, InterruptedException {
    return post("/execute/sync", Map.of("script", script, "args", List.of()));
  }

  /** Types into the element as a person does. */
  void type(String css, String text) throws IOException, InterruptedException {
    post("/element/" + element(css) + "/value", Map.of("text", text));
  }

  void click(String css) throws IOException, InterruptedException {
    post("/element/" + element(css) + "/click", Map.of());
  }

  private String element(String css) throws IOException, InterruptedException {
    JsonNode found = post("/element", Map.of("using", "css selector", "value", css));
    return found.iterator().next().asString();
  }

  void resize(int width, int height) throws IOException, InterruptedException {
    post("/window/rect", Map.of("width", width, "height", height));
  }

  /** What the browser complained about since the last call, such as what the security policy forbids. */
  JsonNode consoleErrors() throws IOException, InterruptedException {
    return post("/se/log", Map.of("type", "browser"));
  }

  private JsonNode post(String path, Object body) throws IOException, InterruptedException {
    HttpRequest.BodyPublisher json = HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
    return send(HttpRequest.newBuilder(URI.create(url + session + path)).POST(json));
  }

  private static JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        CLIENT.send(request.timeout(START).build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(response.body());
    }
    return JSON.readTree(response.body()).get("value");
  }

  @Override
  public void close() throws IOException {
    try {
      if (!session.isEmpty()) {
        send(HttpRequest.newBuilder(URI.create(url + session)).DELETE());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      driver.destroy();
    }
  }
}
