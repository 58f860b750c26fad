package cloud.gardener.logging.export.clients;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.HeaderConfig;
import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.Compression;
import cloud.gardener.logging.config.value.Headers;
import cloud.gardener.logging.config.value.HttpEncoding;
import cloud.gardener.logging.config.value.HttpVersion;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.grpc.GrpcStatusTest;
import cloud.gardener.logging.export.http.HttpServer;
import cloud.gardener.logging.sink.OtlpSink;
import cloud.gardener.logging.sink.SinkBehaviour;
import cloud.gardener.logging.sink.SinkReply;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Secrets in every place that takes one, backends that repeat them in every place that comes back,
 * and everything that is logged, returned or thrown searched for them.
 */
class SecretLeakTest {
  private static final String TOKEN = "t0k3n-in-a-header";
  private static final String PASSWORD = "p4ss-in-a-url";
  private static final String PROXY_PASSWORD = "p4ss-of-a-proxy";

  /** As they are, and in the base64 of {@code user:...}. */
  private static final List<String> SECRETS =
      List.of(TOKEN, PASSWORD, PROXY_PASSWORD, "dXNlcjpwNHNzLWluLWEtdXJs", "dXNlcjpwNHNzLW9mLWEtcHJveHk");

  private static final Map<String, String> HEADERS = Map.of("authorization", "Bearer " + TOKEN);

  private final StringBuilder reasons = new StringBuilder();
  private final LogCapture log = new LogCapture();
  private final Logger root = Logger.getLogger("");
  private final Level rootLevel = root.getLevel();
  private final ExportClients clients =
      Exports.clients(
          (server, method, status, nanos, sent, received) -> reasons.append(server).append(status),
          Duration.ofMinutes(1));

  @BeforeEach
  void captureAllLogLines() {
    root.setLevel(Level.ALL);
  }

  @AfterEach
  void stop() {
    root.setLevel(rootLevel);
    log.close();
    clients.close();
  }

  @Test
  void shouldLeakNothingOverGrpc() throws Exception {
    ExportClient client;
    try (OtlpSink sink = OtlpSink.start()) {
      client =
          clients.create(
              TargetType.OTLP_GRPC,
              settings("", true),
              Exports.NO_TLS_KEYS,
              Address.of(sink.address()));
      reasons.append(client);
      for (Status.Code code : GrpcStatusTest.failures()) {
        sink.behave(SinkBehaviour.fail(code.toStatus().withDescription("refused: Bearer " + TOKEN)));
        reasons.append(Exports.export(client, Exports.request(1)));
      }
      sink.behave(SinkBehaviour.always(new SinkReply.Partial(1, "refused: " + TOKEN)));
      reasons.append(Exports.export(client, Exports.request(1)));
    }
    reasons.append(Exports.export(client, Exports.request(1)));
    try (HttpServer proxy = HttpServer.newHttp1Server()) {
      proxy.replyWith(request -> echo(request, 407));
      ExportClient proxied =
          clients.create(
              TargetType.OTLP_GRPC,
              settings("http://user:" + PROXY_PASSWORD + "@" + proxy.address(), true),
              Exports.NO_TLS_KEYS,
              Address.of("collector.example:4317"));
      reasons.append(proxied).append(proxied.describeRoute());
      reasons.append(Exports.export(proxied, Exports.request(1)));
    }
    assertNoSecrets();
    assertTrue(reasons.toString().contains("refused: ***"), "nothing was repeated");
  }

  @Test
  void shouldLeakNothingOverHttp() throws Exception {
    List<Function<HttpServer.Request, HttpServer.Reply>> answers =
        List.of(
            request -> echo(request, 400),
            request -> echo(request, 401),
            request -> echo(request, 407),
            request -> echo(request, 413),
            request -> echo(request, 503),
            request -> new HttpServer.Reply(302, "Location", "http://user:" + PASSWORD + "@x/"),
            request ->
                new HttpServer.Reply(
                    200,
                    ("{\"partialSuccess\":{\"errorMessage\":\"refused: " + PASSWORD + "\"}}")
                        .getBytes(StandardCharsets.UTF_8),
                    "Content-Type",
                    "application/json"));
    try (HttpServer server = HttpServer.newHttp1Server()) {
      for (boolean tls : new boolean[] {false, true}) {
        String scheme = tls ? "https" : "http";
        ExportClient direct =
            create(
                settings("", !tls), scheme + "://user:" + PASSWORD + "@" + server.address());
        ExportClient proxied =
            create(
                settings("http://user:" + PROXY_PASSWORD + "@" + server.address(), !tls),
                scheme + "://user:" + PASSWORD + "@collector.example:4318");
        for (Function<HttpServer.Request, HttpServer.Reply> answer : answers) {
          server.replyWith(answer);
          reasons.append(Exports.export(direct, Exports.request(1)));
          reasons.append(Exports.export(proxied, Exports.request(1)));
        }
      }
    }
    assertNoSecrets();
    assertTrue(reasons.toString().contains("refused: ***"), "nothing was repeated");
  }

  /** Repeats the secrets that came with the request. */
  private static HttpServer.Reply echo(HttpServer.Request request, int status) {
    String text = "refused: Bearer " + TOKEN + " and " + PASSWORD;
    for (String name : List.of("authorization", "proxy-authorization")) {
      text += ", " + name + " " + request.headers().get(name);
    }
    if (request.headers().contains("proxy-authorization")) {
      text += " which is " + PROXY_PASSWORD;
    }
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    return new HttpServer.Reply(status, body, "Content-Type", "text/plain");
  }

  private ExportClient create(EndpointConfig settings, String endpoint) throws Exception {
    reasons.append(settings);
    ExportClient client =
        clients.create(
            TargetType.OTLP_HTTP, settings, new TlsConfig("", "", "", "", true, "1.2", ""), Address.of(endpoint));
    reasons.append(client);
    return client;
  }

  private static EndpointConfig settings(String proxy, boolean insecure) {
    return new EndpointConfig(
        Address.of("http://user:" + PASSWORD + "@host:1"),
        Optional.of(Address.of("http://user:" + PASSWORD + "@host:1?token=" + TOKEN)),
        "",
        proxy.isEmpty() ? Optional.empty() : Optional.of(Address.ofProxy(proxy)),
        insecure,
        Compression.NONE,
        Exports.LONG,
        HeaderConfig.of(new Headers(HEADERS)),
        HttpEncoding.PROTOBUF,
        HttpVersion.AUTO);
  }

  private void assertNoSecrets() {
    String everything = reasons + log.text();
    for (String secret : SECRETS) {
      assertFalse(everything.contains(secret), () -> secret + " in: " + everything);
    }
  }
}
