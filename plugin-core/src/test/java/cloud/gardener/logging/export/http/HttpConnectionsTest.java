package cloud.gardener.logging.export.http;

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
import cloud.gardener.logging.export.clients.ExportClients;
import cloud.gardener.logging.export.clients.Exports;
import cloud.gardener.logging.export.tls.Pki;
import cloud.gardener.logging.export.transport.ExpectedPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections and threads: shared, idle, closed. */
class HttpConnectionsTest extends HttpTest {
  private static final TlsConfig TRUSTING = new TlsConfig("", "", "", "", true, "1.2", "");

  @Test
  void shouldShareOneConnectionPerEndpoint() throws Exception {
    for (int i = 0; i < 20; i++) {
      ExportClient client =
          client(new HttpSettings().headers(Map.of("authorization", "token-" + i)));
      assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(1)));
    }
    assertEquals(1, server.accepted());
  }

  @Test
  void shouldOpenAConnectionForEachCallAtOnceAndKeepThem() throws Exception {
    ExportClient client = client(new HttpSettings());
    for (int round = 0; round < 2; round++) {
      server.hold();
      List<CompletableFuture<ExportResult>> results = startMany(client, 10);
      server.awaitHeld(10);
      server.release();
      assertAccepted(results);
    }
    assertEquals(10, server.accepted());
  }

  @ParameterizedTest
  @CsvSource({"HTTP_2, false", "HTTP_2, true", "AUTO, true"})
  void shouldSendManyCallsAtOnceOverOneConnectionOfHttp2(HttpVersion version, boolean tls)
      throws Exception {
    try (HttpServer http2 =
        new HttpServer(
            tls ? Pki.server(Pki.localhostCertificate().buildIssuedBy(Pki.CA)).build() : null, true)) {
      HttpSettings settings = new HttpSettings().version(version);
      ExportClient client =
          clients.create(
              TargetType.OTLP_HTTP,
              (tls ? settings.secure() : settings).build(),
              TRUSTING,
              Address.of(http2.address()));
      http2.hold();
      // More than servers take at once: the rest waits.
      List<CompletableFuture<ExportResult>> results = startMany(client, 250);
      http2.awaitHeld(100);
      http2.release();
      assertAccepted(results);
      assertEquals(1, http2.accepted());
      assertTrue(http2.receivedRequests().stream().allMatch(HttpServer.Request::http2));
    }
  }

  @Test
  void shouldFallBackToHttp1WhereATlsServerSupportsNothingElse() throws Exception {
    try (HttpServer old =
        new HttpServer(
            Pki.server(Pki.localhostCertificate().buildIssuedBy(Pki.CA))
                .applicationProtocolConfig(
                    io.netty.handler.ssl.ApplicationProtocolConfig.DISABLED)
                .build(),
            false)) {
      ExportClient client =
          clients.create(
              TargetType.OTLP_HTTP, new HttpSettings().secure().build(), TRUSTING, Address.of(old.address()));
      old.hold();
      List<CompletableFuture<ExportResult>> results = startMany(client, 5);
      old.awaitHeld(5);
      old.release();
      assertAccepted(results);
      assertEquals(5, old.accepted());
      ExportClient strict =
          clients.create(
              TargetType.OTLP_HTTP,
              new HttpSettings().secure().version(HttpVersion.HTTP_2).build(),
              TRUSTING,
              Address.of(old.address()));
      ExportResult result = Exports.export(strict, Exports.request(1));
      assertEquals(ExportResult.Retry.withBackoff(ExpectedPeer.NO_HTTP2_OVER_TLS), result);
    }
  }

  @Test
  void shouldOpenANewConnectionWhenTheServerClosesTheOld() throws Exception {
    ExportClient client = client(new HttpSettings());
    Exports.export(client, Exports.request(1));
    server.closeConnections();
    Exports.awaitCondition(() -> server.connections() == 0, "the connection stays open");
    // Our side may hear of it a moment later: then this one is to be sent again.
    ExportResult first = Exports.export(client, Exports.request(1));
    assertTrue(
        first.equals(ExportResult.Accepted.ALL) || first instanceof ExportResult.Retry,
        first::toString);
    assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(1)));
  }

  @Test
  void shouldOpenANewConnectionWhenTheServerAsksToClose() throws Exception {
    server.replyWith(200, "Connection", "close");
    ExportClient client = client(new HttpSettings());
    for (int i = 1; i <= 3; i++) {
      assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(1)));
      assertEquals(i, server.accepted());
    }
  }

  @Test
  void shouldCloseTheConnectionsWithTheirLastClient() throws Exception {
    ExportClient first = client(new HttpSettings());
    ExportClient second = client(new HttpSettings());
    Exports.export(first, Exports.request(1));
    first.close();
    first.close();
    assertEquals(ExportResult.Accepted.ALL, Exports.export(second, Exports.request(1)));
    assertEquals(1, server.connections());
    second.close();
    Exports.awaitCondition(() -> server.connections() == 0, "the connection stays open");
  }

  @ParameterizedTest
  @EnumSource(HttpVersion.class)
  void shouldCloseAnIdleConnectionAndOpenItAgain(HttpVersion version) throws Exception {
    try (HttpServer any = new HttpServer(null, version == HttpVersion.HTTP_2);
        ExportClients own = Exports.clients(ExportListener.NONE, Duration.ofMillis(200))) {
      ExportClient client =
          own.create(
              TargetType.OTLP_HTTP,
              new HttpSettings().version(version).build(),
              Exports.NO_TLS_KEYS,
              Address.of(any.address()));
      Exports.export(client, Exports.request(1));
      Exports.awaitCondition(() -> any.connections() == 0, "the idle connection stays open");
      assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(1)));
    }
  }

  @Test
  void shouldConnectOnlyWithTheFirstExport() throws Exception {
    client(new HttpSettings());
    assertEquals(0, server.accepted());
  }

  @Test
  void shouldNeedNoThreadPerClientOrCall() throws Exception {
    Exports.export(client(new HttpSettings()), Exports.request(1));
    Set<String> before = Exports.threads();
    server.hold();
    List<CompletableFuture<ExportResult>> results = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      results.addAll(startMany(client(new HttpSettings().path("/" + i)), 2));
    }
    server.awaitHeld(100);
    Set<String> grown = Exports.threads();
    server.release();
    assertAccepted(results);
    grown.removeAll(before);
    // A few look names up and end when there is nothing to look up.
    grown.removeIf(name -> name.startsWith("gardener-resolve"));
    assertEquals(Set.of(), grown);
  }

  @ParameterizedTest
  @EnumSource(HttpVersion.class)
  void shouldEndCallsInFlightWhenAClientIsClosed(HttpVersion version) throws Exception {
    try (HttpServer any = new HttpServer(null, version == HttpVersion.HTTP_2)) {
      any.hold();
      HttpSettings settings = new HttpSettings().version(version);
      ExportClient closed = client(settings, any.address());
      ExportClient other = client(settings, any.address());
      List<CompletableFuture<ExportResult>> results = startMany(closed, 10);
      CompletableFuture<ExportResult> othersResult = Exports.startExport(other, Exports.request(1));
      any.awaitHeld(11);
      closed.close();
      for (CompletableFuture<ExportResult> result : results) {
        assertEquals(
            ExportResult.Retry.withBackoff("the client is closed"), Exports.await(result));
      }
      any.release();
      assertEquals(ExportResult.Accepted.ALL, Exports.await(othersResult));
    }
  }

  @Test
  void shouldRetryExportsAfterClose() throws Exception {
    ExportClient client = client(new HttpSettings());
    client.close();
    assertInstanceOf(ExportResult.Retry.class, Exports.export(client, Exports.request(1)));
    ExportClient open = client(new HttpSettings());
    clients.close();
    assertInstanceOf(ExportResult.Retry.class, Exports.export(open, Exports.request(1)));
    Exports.awaitCondition(
        () -> Exports.threads().stream().noneMatch(name -> name.startsWith("gardener-")),
        "threads are left");
    assertInstanceOf(ExportResult.Retry.class, Exports.export(open, Exports.request(1)));
  }

  @ParameterizedTest
  @EnumSource(HttpVersion.class)
  void shouldEndEveryExportOnceWhenClosedInTheMiddle(HttpVersion version) throws Exception {
    try (HttpServer any = new HttpServer(null, version == HttpVersion.HTTP_2)) {
      ExportClient client = client(new HttpSettings().version(version), any.address());
      Exports.assertEndsEveryExportWhenClosed(client);
    }
  }

  private static List<CompletableFuture<ExportResult>> startMany(ExportClient client, int calls) {
    List<CompletableFuture<ExportResult>> results = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      results.add(Exports.startExport(client, Exports.request(1)));
    }
    return results;
  }

  private static void assertAccepted(List<CompletableFuture<ExportResult>> results)
      throws Exception {
    for (CompletableFuture<ExportResult> result : results) {
      assertEquals(ExportResult.Accepted.ALL, Exports.await(result));
    }
  }
}
