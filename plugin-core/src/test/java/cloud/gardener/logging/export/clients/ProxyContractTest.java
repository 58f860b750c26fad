package cloud.gardener.logging.export.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.HttpVersion;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.http.HttpServer;
import cloud.gardener.logging.export.http.HttpSettings;
import cloud.gardener.logging.export.tls.Pki;
import cloud.gardener.logging.sink.OtlpSink;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which proxy a request goes through, whatever is sent: by the key or by the environment. */
class ProxyContractTest {
  private static final TlsConfig TRUSTING = new TlsConfig("", "", "", "", true, "1.2", "");
  private static final String BACKEND = "collector.example:4317";

  private OtlpSink grpc;
  private OtlpSink grpcTls;
  private HttpServer http;
  private HttpServer httpTls;

  @BeforeEach
  void start() throws Exception {
    grpc = OtlpSink.start();
    grpcTls =
        new OtlpSink(
            OtlpSink.Options.defaults()
                .over(Pki.server(Pki.localhostCertificate().buildIssuedBy(Pki.CA)).build()));
    http = HttpServer.newHttp1Server();
    httpTls = new HttpServer(Pki.server(Pki.localhostCertificate().buildIssuedBy(Pki.CA)).build(), true);
  }

  @AfterEach
  void stop() {
    grpc.close();
    grpcTls.close();
    http.close();
    httpTls.close();
  }

  /** The variable that counts for a request of this kind. */
  @ParameterizedTest
  @CsvSource({
    "OTLP_GRPC, false, HTTPS_PROXY",
    "OTLP_GRPC, true, HTTPS_PROXY",
    "OTLP_HTTP, false, HTTP_PROXY",
    "OTLP_HTTP, true, HTTPS_PROXY"
  })
  void shouldUseTheProxyOfTheEnvironment(TargetType type, boolean tls, String variable)
      throws Exception {
    for (String spelling : List.of(variable, variable.toLowerCase())) {
      try (TunnelProxy proxy = new TunnelProxy(backendPort(type, tls));
          ExportClients clients =
              clients(Map.of(spelling, "http://user:p%40ss@" + proxy.address()))) {
        ExportClient client = client(clients, type, tls, "");
        assertEquals(
            ", through the proxy " + proxy.address() + " of " + variable,
            client.describeRoute().replace(", POST /v1/logs", ""));
        assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(3)));
        assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(3)));
        assertEquals(1, proxy.requestHeads().size(), proxy.requestHeads()::toString);
        String head = proxy.requestHeads().get(0).toLowerCase();
        assertTrue(
            head.startsWith(
                type == TargetType.OTLP_HTTP && !tls
                    ? "post http://" + BACKEND + "/v1/logs "
                    : "connect " + BACKEND + " "),
            head);
        assertTrue(head.contains("proxy-authorization: basic dxnlcjpwqhnz"), head);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OTLP_GRPC, HTTP_PROXY, ''",
    "OTLP_HTTP, HTTPS_PROXY, ''",
    "OTLP_GRPC, HTTPS_PROXY, '.example'",
    "OTLP_HTTP, HTTP_PROXY, 'other,collector.example:4317'"
  })
  void shouldConnectDirectly(TargetType type, String variable, String noProxy) throws Exception {
    for (String spelling : List.of("NO_PROXY", "no_proxy")) {
      try (ExportClients clients = clients(Map.of(variable, "nowhere:1", spelling, noProxy))) {
        assertFalse(client(clients, type, false, "").describeRoute().contains("proxy"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"OTLP_GRPC, HTTPS_PROXY", "OTLP_HTTP, HTTP_PROXY"})
  void shouldReachLoopbackWithoutAProxy(TargetType type, String variable) throws Exception {
    try (ExportClients clients = clients(Map.of(variable, "nowhere:1"))) {
      ExportClient client =
          clients.create(
              type,
              Exports.plaintext(),
              Exports.NO_TLS_KEYS,
              Address.of("127.0.0.1:" + backendPort(type, false)));
      assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(1)));
    }
  }

  @ParameterizedTest
  @CsvSource({"OTLP_GRPC, false", "OTLP_GRPC, true", "OTLP_HTTP, false", "OTLP_HTTP, true"})
  void shouldPreferTheKeyToTheEnvironment(TargetType type, boolean tls) throws Exception {
    Map<String, String> environment =
        Map.of("HTTPS_PROXY", "nowhere:1", "HTTP_PROXY", "nowhere:1", "NO_PROXY", "*");
    try (TunnelProxy proxy = new TunnelProxy(backendPort(type, tls));
        ExportClients clients = clients(environment)) {
      ExportClient client = client(clients, type, tls, proxy.address());
      assertTrue(client.describeRoute().endsWith(proxy.address() + " of HTTPProxy"), client::describeRoute);
      assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(1)));
      assertEquals(1, proxy.requestHeads().size());
    }
  }

  @ParameterizedTest
  @CsvSource({"OTLP_GRPC, 407", "OTLP_GRPC, 502", "OTLP_HTTP, 407", "OTLP_HTTP, 502"})
  void shouldKeepTheBatchWhenTheProxyRefuses(TargetType type, int status) throws Exception {
    http.replyWith(status);
    try (ExportClients clients = clients(Map.of("HTTPS_PROXY", http.address()))) {
      ExportResult result = Exports.export(client(clients, type, true, ""), Exports.request(1));
      assertFalse(result instanceof ExportResult.PayloadRefused, result::toString);
      ExportResult.Failure failure = assertInstanceOf(ExportResult.Failure.class, result);
      assertTrue(failure.reason().contains("status: " + status), failure::reason);
    }
  }

  @Test
  void shouldNameTheInvalidVariable() {
    try (ExportClients clients = clients(Map.of("https_proxy", "https://user:s3cret@proxy"))) {
      ExportException refused =
          assertThrows(
              ExportException.class, () -> client(clients, TargetType.OTLP_GRPC, false, ""));
      assertEquals(
          "the environment variable HTTPS_PROXY names no proxy that can be used: TLS towards the"
              + " proxy is not supported; accepted is host:port, or a URL that begins with http://",
          refused.getMessage());
    }
  }

  private int backendPort(TargetType type, boolean tls) {
    return type == TargetType.OTLP_GRPC
        ? (tls ? grpcTls : grpc).port()
        : (tls ? httpTls : http).port();
  }

  private static ExportClients clients(Map<String, String> environment) {
    return Exports.clients(ExportListener.NONE, Duration.ofMinutes(1), environment);
  }

  private static ExportClient client(
      ExportClients clients, TargetType type, boolean tls, String proxy) throws ExportException {
    HttpSettings settings = new HttpSettings().proxy(proxy).version(HttpVersion.AUTO);
    EndpointConfig config = (tls ? settings.secure() : settings).build();
    return clients.create(type, config, TRUSTING, Address.of(BACKEND));
  }
}
