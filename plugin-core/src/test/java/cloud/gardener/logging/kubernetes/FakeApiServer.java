package cloud.gardener.logging.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A small API server for Clusters and their CustomResourceDefinition: versions, pages, lists from a cache, which
 * come in one piece, streamed watches with bookmarks, 404 without the definition, 410 for what is compacted; and
 * faults on command. It serves what fabric8's mock server does not: watches as HTTP streams, pages and versions.
 *
 * <p>Thread-safe.
 */
final class FakeApiServer implements AutoCloseable {
  static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  static final String CLUSTERS = "/apis/extensions.gardener.cloud/v1alpha1/clusters";
  static final String TOKEN = "s3cret-token";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A real one sends a bookmark each minute. */
  private static final long BOOKMARK_NS = TimeUnit.MILLISECONDS.toNanos(200);

  static {
    // Otherwise each answer waits 40 ms for the acknowledgement of its own head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private record Event(long version, String type, String object) {}

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "fake-api-server");
            thread.setDaemon(true);
            return thread;
          });
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Set<String> cipherSuites = new CopyOnWriteArraySet<>();
  private final Map<String, String> clusters = new TreeMap<>();
  private final List<Event> history = new ArrayList<>();
  private SSLContext tls;
  private String token = TOKEN;
  private HttpServer server;
  private int port;
  private boolean defined;
  private long version = 1;
  private long compacted;
  private int watches;
  private int watchesBegun;
  private int generation;
  private int refusal;
  private boolean hangs;
  private int silenced;

  /** A server without TLS. */
  FakeApiServer() throws IOException {
    this(null);
  }

  FakeApiServer(SSLContext tls) throws IOException {
    this.tls = tls;
    start();
  }

  synchronized void start() throws IOException {
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
    server = tls == null ? HttpServer.create(address, 0) : HttpsServer.create(address, 0);
    if (server instanceof HttpsServer https) {
      https.setHttpsConfigurator(new InOrderOfClient(tls));
    }
    port = server.getAddress().getPort();
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Chooses the cipher suite that the client prefers, as a real API server does. */
  private static final class InOrderOfClient extends HttpsConfigurator {
    InOrderOfClient(SSLContext tls) {
      super(tls);
    }

    @Override
    public void configure(HttpsParameters parameters) {
      SSLParameters ofServer = getSSLContext().getDefaultSSLParameters();
      ofServer.setUseCipherSuitesOrder(false);
      parameters.setSSLParameters(ofServer);
    }
  }

  /** The cipher suites of the requests so far. */
  Set<String> cipherSuites() {
    return Set.copyOf(cipherSuites);
  }

  /** Breaks all connections and takes no new ones. */
  void stop() {
    dropWatches();
    server.stop(0);
  }

  @Override
  public void close() {
    stop();
    threads.shutdownNow();
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  /** Uses another certificate from the next start on. */
  synchronized void certificate(SSLContext other) {
    tls = other;
  }

  /** Accepts another token from now on. */
  synchronized void token(String other) {
    token = other;
  }

  /** The requests so far, as {@code GET /path?query}. */
  List<String> requests(String start) {
    return requests.stream().filter(request -> request.startsWith(start)).toList();
  }

  /** Forgets the past: nobody can go on from a version before now. */
  synchronized void compact() {
    compacted = version;
    history.clear();
  }

  /** Breaks the connections of all watches. */
  synchronized void dropWatches() {
    generation++;
    notifyAll();
  }

  /** From now on the open watches send nothing, and stay open; new ones work. */
  synchronized void silenceWatches() {
    silenced = watchesBegun;
  }

  /** Answers everything with this status; 0: as usual. */
  synchronized void refuse(int status) {
    refusal = status;
  }

  /** Accepts requests and never answers; what waited is answered after {@link #resume}. */
  synchronized void hang() {
    hangs = true;
  }

  /** Answers again. */
  synchronized void resume() {
    hangs = false;
    notifyAll();
  }

  synchronized int watches() {
    return watches;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Map<String, String> query = query(exchange.getRequestURI().getQuery());
    if (exchange instanceof HttpsExchange https) {
      cipherSuites.add(https.getSSLSession().getCipherSuite());
    }
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    try {
      if (awaitTurn(exchange)) {
        return;
      }
      if (path.startsWith(DEFINITIONS)) {
        definition(exchange, path);
      } else if (!path.startsWith(CLUSTERS) || !isDefined()) {
        answer(exchange, 404, "404 page not found");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        change(exchange, path, body);
      } else if (query.containsKey("watch")) {
        watch(exchange, Long.parseLong(query.get("resourceVersion")));
      } else {
        list(exchange, query);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  /** Whether the request is answered already, or never. */
  private boolean awaitTurn(HttpExchange exchange) throws IOException, InterruptedException {
    int status;
    synchronized (this) {
      int begun = generation;
      while (hangs && begun == generation) {
        wait();
      }
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      status = authorization.equals("Bearer " + token) ? refusal : 401;
    }
    if (status != 0) {
      answer(exchange, status, KubernetesJson.status(status, "as the test wants it"));
    }
    return status != 0;
  }

  private synchronized boolean isDefined() {
    return defined;
  }

  private synchronized void definition(HttpExchange exchange, String path) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "POST" -> {
        defined = true;
        answer(exchange, 201, "{}");
      }
      case "DELETE" -> {
        List.copyOf(clusters.keySet()).forEach(this::remove);
        defined = false;
        notifyAll();
        answer(exchange, 200, "{}");
      }
      default -> answer(exchange, defined ? 200 : 404, "{}");
    }
  }

  private synchronized void change(HttpExchange exchange, String path, String body)
      throws IOException {
    String name = path.substring(path.lastIndexOf('/') + 1);
    switch (exchange.getRequestMethod()) {
      case "POST" -> {
        JsonNode object = MAPPER.readTree(body);
        put(object.at("/metadata/name").asString(), object.at("/spec/shoot").toString());
        answer(exchange, 201, "{}");
      }
      case "PATCH" -> {
        put(name, MAPPER.readTree(body).at("/spec/shoot").toString());
        answer(exchange, 200, "{}");
      }
      default -> {
        remove(name);
        answer(exchange, 200, "{}");
      }
    }
  }

  synchronized void define() {
    defined = true;
  }

  synchronized void put(String name, String shoot) {
    version++;
    String object = KubernetesJson.cluster(name, Long.toString(version), shoot);
    String type = clusters.put(name, object) == null ? "ADDED" : "MODIFIED";
    history.add(new Event(version, type, object));
    notifyAll();
  }

  private synchronized void remove(String name) {
    version++;
    history.add(new Event(version, "DELETED", clusters.remove(name)));
    notifyAll();
  }

  private void list(HttpExchange exchange, Map<String, String> query) throws IOException {
    List<String> all;
    String now;
    synchronized (this) {
      String selector = query.getOrDefault("fieldSelector", "");
      String only = selector.replace("metadata.name=", "");
      all =
          selector.isEmpty()
              ? List.copyOf(clusters.values())
              : Stream.of(only).map(clusters::get).filter(Objects::nonNull).toList();
      now = Long.toString(version);
    }
    if (query.containsKey("resourceVersion")) {
      stream(exchange, now, all);
      return;
    }
    int limit = Integer.parseInt(query.get("limit"));
    int from = Integer.parseInt(query.getOrDefault("continue", "0"));
    int to = Math.min(all.size(), from + limit);
    String next = to < all.size() ? Integer.toString(to) : "";
    String[] page = all.subList(from, to).toArray(String[]::new);
    answer(exchange, 200, KubernetesJson.list(now, next, page));
  }

  /** A list from the cache: all of it, whatever the limit. */
  private static void stream(HttpExchange exchange, String now, List<String> all)
      throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      String begin = "{\"kind\":\"List\",\"metadata\":{\"resourceVersion\":\"" + now + "\"},\"items\":[";
      out.write(begin.getBytes(UTF_8));
      for (int i = 0; i < all.size(); i++) {
        out.write(((i == 0 ? "" : ",") + all.get(i)).getBytes(UTF_8));
      }
      out.write("]}".getBytes(UTF_8));
    }
  }

  private void watch(HttpExchange exchange, long from) throws IOException, InterruptedException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.flush();
    long seen = from;
    int begun = watchBegins();
    int number = nextWatch();
    try {
      for (Event event = next(seen, begun); event != null; event = next(seen, begun)) {
        awaitDropped(number, begun);
        out.write(KubernetesJson.event(event.type(), event.object()).getBytes(UTF_8));
        out.flush();
        seen = event.version();
        if (event.type().equals("ERROR")) {
          break;
        }
      }
      if (!isDropped(begun)) {
        out.close();
      }
    } finally {
      watchEnds();
    }
  }

  private synchronized int watchBegins() {
    watches++;
    return generation;
  }

  private synchronized int nextWatch() {
    return ++watchesBegun;
  }

  /** Returns at once, or if the watch is silent, when it is dropped. */
  private synchronized void awaitDropped(int number, int begun) throws InterruptedException {
    while (number <= silenced && begun == generation) {
      wait();
    }
  }

  private synchronized void watchEnds() {
    watches--;
  }

  private synchronized boolean isDropped(int begun) {
    return begun != generation;
  }

  /** The first event after a version; null when the watch is over. */
  private synchronized Event next(long seen, int begun) throws InterruptedException {
    long bookmarkNs = System.nanoTime() + BOOKMARK_NS;
    while (begun == generation) {
      if (seen < compacted) {
        return new Event(seen, "ERROR", KubernetesJson.status(410, "too old resource version"));
      }
      for (Event event : history) {
        if (event.version() > seen) {
          return event;
        }
      }
      if (!defined) {
        return null;
      }
      long leftMs = TimeUnit.NANOSECONDS.toMillis(bookmarkNs - System.nanoTime());
      if (leftMs <= 0) {
        return new Event(version, "BOOKMARK", KubernetesJson.cluster("", Long.toString(version), "null"));
      }
      wait(leftMs);
    }
    return null;
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new TreeMap<>();
    for (String parameter : (text == null ? "" : text).split("&")) {
      String[] parts = parameter.split("=", 2);
      query.put(parts[0], parts.length == 2 ? parts[1] : "");
    }
    return query;
  }
}
