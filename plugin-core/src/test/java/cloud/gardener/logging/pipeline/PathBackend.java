package cloud.gardener.logging.pipeline;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * OTLP/HTTP backends of many shoots in one server on 127.0.0.1: counts records by the path's name.
 * Thread-safe.
 */
final class PathBackend implements AutoCloseable {
  static {
    // Otherwise each answer waits 40 ms for the acknowledgement of its own head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final Map<String, AtomicLong> records = new ConcurrentHashMap<>();
  private final HttpServer server;

  PathBackend() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String name = exchange.getRequestURI().getPath().substring(1);
          count(name, ExportLogsServiceRequest.parseFrom(exchange.getRequestBody().readAllBytes()));
          exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  private void count(String name, ExportLogsServiceRequest request) {
    long sum =
        request.getResourceLogsList().stream()
            .flatMap(logs -> logs.getScopeLogsList().stream())
            .mapToLong(logs -> logs.getLogRecordsCount())
            .sum();
    records.computeIfAbsent(name, key -> new AtomicLong()).addAndGet(sum);
  }

  /** What comes before a shoot's name in its endpoint. */
  String prefix() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  int port() {
    return server.getAddress().getPort();
  }

  long records(String name) {
    AtomicLong count = records.get(name);
    return count == null ? 0 : count.get();
  }

  long all() {
    return records.values().stream().mapToLong(AtomicLong::get).sum();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
