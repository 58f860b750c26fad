package cloud.gardener.logging.export.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.HttpVersion;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.clients.Backend;
import cloud.gardener.logging.export.clients.ExportClients;
import cloud.gardener.logging.export.clients.Exports;
import cloud.gardener.logging.export.clients.RawServer;
import cloud.gardener.logging.export.clients.TunnelProxy;
import cloud.gardener.logging.export.grpc.GrpcTlsTest;
import cloud.gardener.logging.export.http.HttpServer;
import cloud.gardener.logging.export.http.HttpSettings;
import cloud.gardener.logging.export.tls.Pki;
import cloud.gardener.logging.sink.OtlpSink;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A backend that does not speak what is asked of it: the line says so, and what to set. */
class PeerTest {
  private static final TlsConfig TRUSTING = new TlsConfig("", "", "", "", true, "1.2", "");

  private final ExportClients clients =
      Exports.clients(ExportListener.NONE, Duration.ofMinutes(1));

  /** How a client asks. */
  private enum Way {
    GRPC(TargetType.OTLP_GRPC, HttpVersion.AUTO, false),
    GRPC_TLS(TargetType.OTLP_GRPC, HttpVersion.AUTO, true),
    HTTP_1(TargetType.OTLP_HTTP, HttpVersion.HTTP_1_1, false),
    HTTP_1_TLS(TargetType.OTLP_HTTP, HttpVersion.HTTP_1_1, true),
    HTTP_2(TargetType.OTLP_HTTP, HttpVersion.HTTP_2, false),
    HTTP_2_TLS(TargetType.OTLP_HTTP, HttpVersion.HTTP_2, true),
    HTTP(TargetType.OTLP_HTTP, HttpVersion.AUTO, false),
    HTTP_TLS(TargetType.OTLP_HTTP, HttpVersion.AUTO, true);

    private final TargetType type;
    private final HttpVersion version;
    private final boolean tls;

    Way(TargetType type, HttpVersion version, boolean tls) {
      this.type = type;
      this.version = version;
      this.tls = tls;
    }
  }

  /** What a server speaks. */
  private enum Server {
    HTTP_1,
    HTTP_1_TLS,
    HTTP_2,
    GRPC,
    GRPC_TLS
  }

  @AfterEach
  void closeClients() {
    clients.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GRPC | HTTP_1 | speaks HTTP/1.1 and no gRPC here: set the type (SeedType, ShootType) to otlp_http",
        "GRPC | HTTP_1_TLS | Insecure",
        "GRPC | HTTP_2 | speaks HTTP/2 but not gRPC here: set the type (SeedType, ShootType) to otlp_http",
        "GRPC | GRPC_TLS | Insecure",
        "GRPC_TLS | HTTP_1 | answers in plaintext HTTP/1.1: set Insecure to true",
        "GRPC_TLS | HTTP_1_TLS | does not offer HTTP/2 over TLS, which gRPC needs: set the type (SeedType, ShootType) to otlp_http",
        "GRPC_TLS | HTTP_2 | Insecure",
        "GRPC_TLS | GRPC | Insecure",
        "HTTP_1 | HTTP_1_TLS | Insecure",
        "HTTP_1 | HTTP_2 | HTTPVersion",
        "HTTP_1 | GRPC | to otlp_grpc",
        "HTTP_1 | GRPC_TLS | Insecure",
        "HTTP_1_TLS | HTTP_1 | answers in plaintext HTTP/1.1: set Insecure to true",
        "HTTP_1_TLS | HTTP_2 | Insecure",
        "HTTP_1_TLS | GRPC | Insecure",
        "HTTP_1_TLS | GRPC_TLS | otlp_grpc",
        "HTTP_2 | HTTP_1 | speaks HTTP/1.1 and no HTTP/2 here: set HTTPVersion to 1.1",
        "HTTP_2 | HTTP_1_TLS | Insecure",
        "HTTP_2 | GRPC | the server speaks gRPC here: set the type (SeedType, ShootType) to otlp_grpc",
        "HTTP_2 | GRPC_TLS | Insecure",
        "HTTP_2_TLS | HTTP_1 | answers in plaintext HTTP/1.1: set Insecure to true",
        "HTTP_2_TLS | HTTP_1_TLS | does not offer HTTP/2 over TLS: set HTTPVersion to auto or 1.1",
        "HTTP_2_TLS | HTTP_2 | Insecure",
        "HTTP_2_TLS | GRPC | Insecure",
        "HTTP_2_TLS | GRPC_TLS | the server speaks gRPC here: set the type (SeedType, ShootType) to otlp_grpc",
        "HTTP | GRPC | to otlp_grpc",
        "HTTP | HTTP_1_TLS | Insecure",
        "HTTP | GRPC_TLS | Insecure",
        "HTTP_TLS | HTTP_1 | answers in plaintext HTTP/1.1: set Insecure to true",
        "HTTP_TLS | GRPC_TLS | the server speaks gRPC here: set the type (SeedType, ShootType) to otlp_grpc",
      })
  void shouldNameTheServersProtocolAndTheKeyToSet(Way way, Server server, String expectedReason)
      throws Exception {
    try (Backend backend = start(server)) {
      for (int i = 0; i < 2; i++) {
        String reason = refusalOf(backend.address(), way);
        assertTrue(reason.contains(expectedReason), reason);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n",
        "HTTP/1.1 400 Bad Request\r\nContent-Length: 62\r\n\r\n"
            + "<h1>400</h1>The plain HTTP request was sent to HTTPS port</html>",
        "\u0015\u0003\u0001\0\u0002\u0002F"
      })
  void shouldRecognizeRefusalsOfPlaintextByTlsServers(String answer) throws Exception {
    try (RawServer server = serverOf(answer)) {
      String reason = refusalOf(server.address(), Way.HTTP_1);
      assertEquals(
          "the server speaks TLS here, and plaintext is sent: set Insecure to false, or write https://"
              + " in the endpoint",
          reason);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GRPC, the answer of the server is neither gRPC nor HTTP",
    "HTTP_1, the server does not speak HTTP here",
    "HTTP_2, the server does not speak HTTP here",
    "HTTP_TLS, something that is no TLS",
    "GRPC_TLS, something that is no TLS"
  })
  void shouldReportAnUnknownProtocol(Way way, String expectedReason) throws Exception {
    try (RawServer server = serverOf("SSH-2.0-OpenSSH_9.6\r\n")) {
      String reason = refusalOf(server.address(), way);
      assertTrue(reason.contains(expectedReason), reason);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GRPC, answer to gRPC in plaintext",
    "HTTP_1, answer to HTTP/1.1 in plaintext",
    "HTTP_2, answer to HTTP/2 in plaintext",
    "HTTP_TLS, answer to TLS",
    "GRPC_TLS, answer to TLS"
  })
  void shouldNameTheKeysToCheckWhenTheServerSendsNothing(Way way, String expectedReason) throws Exception {
    try (RawServer server = new RawServer(socket -> socket.getInputStream().read())) {
      String reason = refusalOf(server.address(), way);
      assertTrue(reason.contains("the server ended the connection without an " + expectedReason), reason);
    }
  }

  @ParameterizedTest
  @CsvSource({"GRPC", "GRPC_TLS", "HTTP_TLS", "HTTP_2"})
  void shouldReportThatTheProxyIsNoProxy(Way way) throws Exception {
    try (RawServer proxy = serverOf("SSH-2.0-OpenSSH_9.6\r\n")) {
      String reason = refusalThrough(proxy.address(), way);
      assertTrue(reason.contains("the proxy does not answer in HTTP/1.1"), reason);
    }
  }

  @Test
  void shouldNameTheServersProtocolBehindATunnel() throws Exception {
    try (Backend backend = start(Server.HTTP_1);
        TunnelProxy proxy =
            new TunnelProxy(Integer.parseInt(backend.address().split(":")[1]))) {
      for (Way way : List.of(Way.GRPC, Way.GRPC_TLS, Way.HTTP_TLS, Way.HTTP_2)) {
        String reason = refusalThrough(proxy.address(), way);
        assertTrue(reason.contains("HTTP/1.1"), reason);
      }
    }
  }

  /** In pieces of one byte: what a server speaks is told when there is enough of it. */
  @Test
  void shouldDetectTheProtocolFromFewBytes() {
    byte[] frame = {0, 0, 6, 4, 0, 0, 0, 0, 0};
    for (int count = 0; count < frame.length; count++) {
      assertEquals(PeerProtocol.UNKNOWN_YET, PeerProtocol.of(frame, count));
    }
    assertEquals(PeerProtocol.HTTP_2, PeerProtocol.of(frame, frame.length));
    byte[] status = "HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII);
    assertEquals(PeerProtocol.UNKNOWN_YET, PeerProtocol.of(status, 4));
    assertEquals(PeerProtocol.HTTP_1, PeerProtocol.of(status, 5));
    assertEquals(PeerProtocol.TLS, PeerProtocol.of(new byte[] {21, 3}, 2));
    assertEquals(PeerProtocol.OTHER, PeerProtocol.of(new byte[] {21, 9}, 2));
    assertEquals(PeerProtocol.OTHER, PeerProtocol.of(new byte[] {'S'}, 1));
  }

  private String refusalThrough(String proxy, Way way) throws Exception {
    HttpSettings settings = new HttpSettings().version(way.version).proxy(proxy);
    ExportClient client =
        clients.create(
            way.type,
            (way.tls ? settings.secure() : settings).build(),
            TRUSTING,
            Address.of("collector.example:4317"));
    return Exports.reason(Exports.export(client, Exports.request(1)));
  }

  private String refusalOf(String address, Way way) throws Exception {
    HttpSettings settings = new HttpSettings().version(way.version);
    ExportClient client =
        clients.create(
            way.type,
            (way.tls ? settings.secure() : settings).build(),
            TRUSTING,
            Address.of(address));
    CompletableFuture<ExportResult> result = Exports.startExport(client, Exports.request(1));
    return assertInstanceOf(ExportResult.Retry.class, Exports.await(result)).reason();
  }

  private static Backend start(Server server) throws Exception {
    return switch (server) {
      case HTTP_1 -> HttpServer.newHttp1Server();
      case HTTP_2 -> new HttpServer(null, true);
      case HTTP_1_TLS -> new HttpServer(tls("http/1.1"), false);
      case GRPC -> new GrpcTlsTest.SinkBackend(OtlpSink.start());
      case GRPC_TLS ->
          new GrpcTlsTest.SinkBackend(
              new OtlpSink(
                  OtlpSink.Options.defaults()
                      .over(Pki.server(Pki.localhostCertificate().buildIssuedBy(Pki.CA)).build())));
    };
  }

  private static SslContext tls(String protocol) throws Exception {
    var identity = Pki.localhostCertificate().buildIssuedBy(Pki.CA);
    return SslContextBuilder.forServer(
            identity.getKeyPair().getPrivate(), identity.getCertificatePath())
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                protocol))
        .build();
  }

  private static RawServer serverOf(String bytes) throws Exception {
    return new RawServer(socket -> respond(socket, bytes));
  }

  private static void respond(Socket socket, String bytes) throws Exception {
    socket.getInputStream().read();
    OutputStream out = socket.getOutputStream();
    out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    socket.shutdownOutput();
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
  }
}
