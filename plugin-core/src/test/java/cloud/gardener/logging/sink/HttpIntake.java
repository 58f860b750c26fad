package cloud.gardener.logging.sink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** OTLP/HTTP for the sink: accepts each protobuf request, and knows none of the sink's faults. */
final class HttpIntake implements AutoCloseable {
  private final HttpServer server;
  private final Consumer<byte[]> accept;

  /** Serves on a free port of 127.0.0.1; {@code accept} takes each request's bytes. */
  HttpIntake(Consumer<byte[]> accept) throws IOException {
    this.accept = accept;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/logs", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      accept.accept(exchange.getRequestBody().readAllBytes());
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
