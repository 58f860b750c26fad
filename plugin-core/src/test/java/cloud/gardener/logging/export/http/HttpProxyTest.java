package cloud.gardener.logging.export.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.clients.Exports;
import cloud.gardener.logging.export.clients.TunnelProxy;
import cloud.gardener.logging.export.tls.Pki;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Through a proxy: read by it over plaintext, a tunnel for TLS. */
class HttpProxyTest extends HttpTest {
  private static final TlsConfig TRUSTING = new TlsConfig("", "", "", "", true, "1.2", "");

  @Test
  void shouldSendPlaintextRequestsThroughTheProxy() throws Exception {
    ExportClient client =
        client(
            new HttpSettings().proxy("http://user:p%40ss@" + server.address()),
            "collector.example:4318");
    assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(1)));
    HttpServer.Request seen = server.lastRequest();
    assertEquals("http://collector.example:4318/v1/logs", seen.target());
    assertEquals("collector.example:4318", seen.headers().get("host"));
    assertEquals("Basic dXNlcjpwQHNz", seen.headers().get("proxy-authorization"));
  }

  @Test
  void shouldTunnelTls() throws Exception {
    try (HttpServer secure = secureServer();
        TunnelProxy proxy = new TunnelProxy(secure.port())) {
      ExportClient client =
          clients.create(
              TargetType.OTLP_HTTP,
              new HttpSettings().secure().proxy("http://user:pass@" + proxy.address()).build(),
              TRUSTING,
              Address.of("collector.example:4318"));
      for (int i = 0; i < 3; i++) {
        assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(100)));
      }
      List<String> heads = proxy.requestHeads();
      assertEquals(1, heads.size());
      assertTrue(heads.get(0).startsWith("CONNECT collector.example:4318 "), heads.get(0));
      assertTrue(
          heads.get(0).toLowerCase().contains("proxy-authorization: basic dxnlcjpwyxnz"),
          heads.get(0));
      assertFalse(secure.lastRequest().headers().contains("proxy-authorization"));
      assertEquals("/v1/logs", secure.lastRequest().target());
      assertTrue(secure.lastRequest().http2());
    }
  }

  @Test
  void shouldReportCredentialsThatTheProxyRefuses() throws Exception {
    server.replyWith(407);
    ExportResult plaintext =
        Exports.export(
            client(new HttpSettings().proxy(server.address()), "collector.example:4318"),
            Exports.request(1));
    assertInstanceOf(ExportResult.DestinationRefused.class, plaintext);
    ExportResult tunnelled = throughTunnel(server.address());
    ExportResult.DestinationRefused refused =
        assertInstanceOf(ExportResult.DestinationRefused.class, tunnelled);
    assertTrue(refused.reason().contains("407"), refused::reason);
    assertTrue(refused.hint().contains("HTTPProxy"), refused::hint);
  }

  @Test
  void shouldRetryWhenTheProxyCannotReachTheBackend() throws Exception {
    server.replyWith(502);
    ExportResult.Retry retry =
        assertInstanceOf(ExportResult.Retry.class, throughTunnel(server.address()));
    assertTrue(retry.reason().contains("502"), retry::reason);
  }

  @Test
  void shouldRetryWhenTheProxyIsDown() throws Exception {
    String address = server.address();
    server.close();
    Exports.awaitCondition(() -> server.connections() == 0, "the proxy is not down");
    assertInstanceOf(ExportResult.Retry.class, throughTunnel(address));
  }

  private ExportResult throughTunnel(String proxy) throws Exception {
    ExportClient client =
        clients.create(
            TargetType.OTLP_HTTP,
            new HttpSettings().secure().proxy(proxy).build(),
            TRUSTING,
            Address.of("collector.example:4318"));
    return Exports.export(client, Exports.request(1));
  }

  private static HttpServer secureServer() throws Exception {
    return new HttpServer(Pki.server(Pki.localhostCertificate().buildIssuedBy(Pki.CA)).build(), true);
  }
}
