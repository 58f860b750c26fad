package cloud.gardener.logging.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.TargetType;
import cloud.gardener.logging.config.TlsConfig;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Through a proxy: read by it over plaintext, a tunnel for TLS. */
class HttpProxyTest extends HttpTest {
  private static final TlsConfig TRUSTING = new TlsConfig("", "", "", "", true, "1.2", "");

  private final List<String> heads = new CopyOnWriteArrayList<>();

  @Test
  void shouldGiveThePlaintextRequestToTheProxy() throws Exception {
    ExportClient client =
        client(
            new HttpSettings().proxy("http://user:p%40ss@" + server.address()),
            "collector.example:4318");
    assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(1)));
    HttpServer.Request seen = server.last();
    assertEquals("http://collector.example:4318/v1/logs", seen.target());
    assertEquals("collector.example:4318", seen.headers().get("host"));
    assertEquals("Basic dXNlcjpwQHNz", seen.headers().get("proxy-authorization"));
  }

  @Test
  void shouldTunnelTls() throws Exception {
    try (HttpServer secure = secureServer();
        RawServer proxy = new RawServer(socket -> tunnel(socket, secure.port()))) {
      ExportClient client =
          clients.create(
              TargetType.OTLP_HTTP,
              new HttpSettings().secure().proxy("http://user:pass@" + proxy.address()).build(),
              TRUSTING,
              "collector.example:4318");
      for (int i = 0; i < 3; i++) {
        assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(100)));
      }
      assertEquals(1, heads.size());
      assertTrue(heads.get(0).startsWith("CONNECT collector.example:4318 "), heads.get(0));
      assertTrue(
          heads.get(0).toLowerCase().contains("proxy-authorization: basic dxnlcjpwyxnz"),
          heads.get(0));
      assertFalse(secure.last().headers().contains("proxy-authorization"));
      assertEquals("/v1/logs", secure.last().target());
      assertTrue(secure.last().http2());
    }
  }

  @Test
  void shouldSayThatTheProxyRefusesCredentials() throws Exception {
    server.answer(407);
    ExportResult plaintext =
        Exports.export(
            client(new HttpSettings().proxy(server.address()), "collector.example:4318"),
            Exports.request(1));
    assertInstanceOf(ExportResult.DestinationRefused.class, plaintext);
    ExportResult tunnelled = throughTunnel(server.address());
    ExportResult.DestinationRefused refused =
        assertInstanceOf(ExportResult.DestinationRefused.class, tunnelled);
    assertTrue(refused.reason().contains("407"), refused::reason);
    assertTrue(refused.check().contains("HTTPProxy"), refused::check);
  }

  @Test
  void shouldRetryWhenTheProxyCannotReachTheBackend() throws Exception {
    server.answer(502);
    ExportResult.Retry retry =
        assertInstanceOf(ExportResult.Retry.class, throughTunnel(server.address()));
    assertTrue(retry.reason().contains("502"), retry::reason);
  }

  @Test
  void shouldRetryWhenTheProxyIsDown() throws Exception {
    String address = server.address();
    server.close();
    Exports.awaitTrue(() -> server.connections() == 0, "the proxy is not down");
    assertInstanceOf(ExportResult.Retry.class, throughTunnel(address));
  }

  @Test
  void shouldRefuseAProxyOverTls() {
    ExportException refusal =
        assertThrows(
            ExportException.class,
            () -> client(new HttpSettings().proxy("https://user:s3cr3t@proxy:3128")));
    assertEquals(
        "HTTPProxy: TLS towards the proxy is not supported; accepted is host:port or http://...",
        refusal.getMessage());
  }

  private ExportResult throughTunnel(String proxy) throws Exception {
    ExportClient client =
        clients.create(
            TargetType.OTLP_HTTP,
            new HttpSettings().secure().proxy(proxy).build(),
            TRUSTING,
            "collector.example:4318");
    return Exports.export(client, Exports.request(1));
  }

  private static HttpServer secureServer() throws Exception {
    return new HttpServer(Pki.server(Pki.local().buildIssuedBy(Pki.CA)).build(), true);
  }

  /** A proxy of one connection, whatever name it is asked for. */
  private void tunnel(Socket client, int port) throws Exception {
    InputStream in = client.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    heads.add(head.toString());
    try (Socket backend = new Socket("127.0.0.1", port)) {
      client
          .getOutputStream()
          .write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Thread back = new Thread(() -> copy(backend, client));
      back.setDaemon(true);
      back.start();
      in.transferTo(backend.getOutputStream());
    }
  }

  private static void copy(Socket from, Socket to) {
    try (OutputStream out = to.getOutputStream()) {
      from.getInputStream().transferTo(out);
    } catch (java.io.IOException e) {
      // One of them has gone.
    }
  }
}
