package cloud.gardener.logging.sink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * OTLP/HTTP backends of many targets in one server on 127.0.0.1, told apart by the path's name. A name may refuse for a while (503).
 *
 * <p>Thread-safe.
 */
public final class PathSink implements AutoCloseable {
  static {
    // Otherwise each answer waits 40 ms for the acknowledgement of its own head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final class Intake {
    private final OtlpWalk walk = new OtlpWalk();
    private final SeqTally tally;
    private long records;

    Intake(boolean numbers) {
      tally = numbers ? new SeqTally() : null;
    }

    synchronized void take(byte[] request) {
      records += walk.count(request, request.length, tally);
    }

    synchronized long records() {
      return records;
    }
  }

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final Map<String, Intake> intakes = new ConcurrentHashMap<>();
  private final boolean numbers;
  private final Intake all;
  private final Set<String> refusing = ConcurrentHashMap.newKeySet();
  private final HttpServer server;

  private PathSink(boolean numbers) throws IOException {
    this.numbers = numbers;
    all = new Intake(numbers);
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  /** On a free port, counts records. */
  public static PathSink start() throws IOException {
    return new PathSink(false);
  }

  /** On a free port, looks for {@code seq=<n>} in each body, too. */
  public static PathSink startCounting() throws IOException {
    return new PathSink(true);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String name = exchange.getRequestURI().getPath().split("/")[1];
      byte[] request = exchange.getRequestBody().readAllBytes();
      boolean refused = refusing.contains(name);
      if (!refused) {
        intake(name).take(request);
        all.take(request);
      }
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(refused ? 503 : 200, -1);
    }
  }

  private Intake intake(String name) {
    return intakes.computeIfAbsent(name, key -> new Intake(numbers));
  }

  /** What comes before a target's name in its endpoint. */
  public String prefix() {
    return "http://127.0.0.1:" + port() + "/";
  }

  /** The port it serves on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** From now on the backend of that name takes nothing. */
  public void refuse(String name) {
    refusing.add(name);
  }

  /** It takes records again. */
  public void accept(String name) {
    refusing.remove(name);
  }

  /** Records that came for a name, doubled ones included. */
  public long records(String name) {
    return intake(name).records();
  }

  /** Records that came for all names. */
  public long records() {
    return all.records();
  }

  /** The numbers in what came for a name; null unless {@link #startCounting()}. */
  public SeqTally tally(String name) {
    return intake(name).tally;
  }

  /** The numbers in what came, whoever it was for; null unless {@link #startCounting()}. */
  public SeqTally tally() {
    return all.tally;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
