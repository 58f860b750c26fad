package cloud.gardener.logging.export.http;

import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.clients.ExportClients;
import cloud.gardener.logging.export.clients.Exports;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A backend of HTTP/1.1 and the factory of its clients, for tests of HTTP. */
abstract class HttpTest {
  HttpServer server;
  ExportClients clients;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.newHttp1Server();
    clients = Exports.clients(ExportListener.NONE, Duration.ofMinutes(1));
  }

  @AfterEach
  void stop() {
    clients.close();
    server.close();
  }

  /** A client of the server. */
  ExportClient client(HttpSettings settings) throws ExportException {
    return client(settings, server.address());
  }

  ExportClient client(HttpSettings settings, String endpoint) throws ExportException {
    return clients.create(TargetType.OTLP_HTTP, settings.build(), Exports.NO_TLS_KEYS, Address.of(endpoint));
  }
}
