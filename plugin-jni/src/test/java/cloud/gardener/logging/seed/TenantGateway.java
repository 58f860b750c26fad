package cloud.gardener.logging.seed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before VictoriaLogs and gives each backend a tenant of its own, as a vmauth does: the first name in a
 * request's path is the backend's. What VictoriaLogs answers goes back as it is; nothing is sent twice.
 *
 * <p>Thread-safe.
 */
final class TenantGateway implements AutoCloseable {
  private static final String STREAM = "k8s.namespace.name,k8s.pod.name,k8s.container.name";

  static {
    // Otherwise each answer waits 40 ms for the acknowledgement of its own head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Map<String, Integer> tenants = new ConcurrentHashMap<>();
  private final AtomicInteger lastTenant = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
  private final URI target;

  /** On a free port, before an OTLP endpoint. */
  TenantGateway(String target) throws IOException {
    this.target = URI.create(target);
    server.setExecutor(threads);
    server.createContext("/", this::forward);
    server.start();
  }

  /** What comes before a backend's name in its endpoint. */
  String prefix() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** The tenant of a backend. */
  int tenant(String backend) {
    return tenants.computeIfAbsent(backend, name -> lastTenant.incrementAndGet());
  }

  private void forward(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpResponse<byte[]> answer = send(exchange);
      answer
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      byte[] body = answer.body();
      exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<byte[]> send(HttpExchange exchange) throws IOException, InterruptedException {
    String backend = exchange.getRequestURI().getPath().split("/")[1];
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .header(VictoriaLogs.TENANT, Integer.toString(tenant(backend)))
            .header(VictoriaLogs.STREAM_FIELDS, STREAM)
            .POST(BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    for (String name : new String[] {"Content-Type", "Content-Encoding"}) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
