package cloud.gardener.logging.export.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.Compression;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.clients.ExportClients;
import cloud.gardener.logging.export.clients.Exports;
import cloud.gardener.logging.sink.OtlpSink;
import cloud.gardener.logging.sink.SinkBehaviour;
import cloud.gardener.logging.sink.SinkReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Connections and threads: shared, idle, closed. */
class GrpcConnectionsTest extends GrpcTest {

  @Test
  void shouldShareOneConnectionPerEndpoint() throws Exception {
    for (int i = 0; i < 20; i++) {
      ExportClient client =
          client(
              Exports.config(
                  true, Compression.NONE, Exports.LONG, Map.of("authorization", "token-" + i)));
      assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(1)));
    }
    assertEquals(1, sink.connections());
  }

  @Test
  void shouldOpenAnotherConnectionForAHeaderOfANewName() throws Exception {
    for (String name : List.of("x-a", "x-a", "x-b", "x-a")) {
      ExportClient client =
          client(Exports.config(true, Compression.NONE, Exports.LONG, Map.of(name, "secret")));
      assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(1)));
    }
    // No header may enter the connection's header table, and that is said when a connection is made.
    assertEquals(2, sink.accepted());
  }

  @Test
  void shouldCloseTheConnectionWithItsLastClient() throws Exception {
    ExportClient first = client(Exports.plaintext());
    ExportClient second = client(Exports.plaintext());
    Exports.export(first, Exports.request(1));
    first.close();
    first.close();
    assertEquals(ExportResult.Accepted.ALL, Exports.export(second, Exports.request(1)));
    assertEquals(1, sink.connections());
    second.close();
    Exports.awaitCondition(() -> sink.connections() == 0, "the connection stays open");
  }

  @Test
  void shouldCloseAnIdleConnectionAndOpenItAgain() throws Exception {
    try (ExportClients own =
        Exports.clients(ExportListener.NONE, Duration.ofSeconds(1))) {
      ExportClient client =
          own.create(
              TargetType.OTLP_GRPC, Exports.plaintext(), Exports.NO_TLS_KEYS, Address.of(sink.address()));
      Exports.export(client, Exports.request(1));
      Exports.awaitCondition(() -> sink.connections() == 0, "the idle connection stays open");
      assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(1)));
    }
  }

  @Test
  void shouldConnectOnlyWithTheFirstExport() throws Exception {
    client(Exports.plaintext());
    assertEquals(0, sink.connections());
  }

  @Test
  void shouldNeedNoThreadPerClient() throws Exception {
    List<OtlpSink> sinks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      sinks.add(OtlpSink.start());
    }
    Exports.export(client(Exports.plaintext()), Exports.request(1));
    Set<String> before = Exports.threads();
    List<CompletableFuture<ExportResult>> results = new ArrayList<>();
    for (OtlpSink other : sinks) {
      results.add(
          Exports.startExport(client(Exports.plaintext(), other.address()), Exports.request(1)));
    }
    for (CompletableFuture<ExportResult> result : results) {
      assertEquals(ExportResult.Accepted.ALL, Exports.await(result));
    }
    Set<String> grown = Exports.threads();
    grown.removeAll(before);
    // A few look names up and end when there is nothing to look up; Netty has one for the process.
    grown.removeIf(name -> name.startsWith("gardener-resolve") || name.startsWith("globalEvent"));
    assertEquals(Set.of(), grown);
    assertTrue(
        Exports.threads().stream().filter(name -> name.startsWith("gardener-resolve")).count() <= 4);
    sinks.forEach(OtlpSink::close);
  }

  @Test
  void shouldEndCallsInFlightWhenAClientIsClosed() throws Exception {
    sink.behave(SinkBehaviour.always(new SinkReply.Hang()));
    ExportClient closed = client(Exports.plaintext());
    ExportClient other = client(Exports.plaintext());
    List<CompletableFuture<ExportResult>> results = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      results.add(Exports.startExport(closed, Exports.request(1)));
    }
    CompletableFuture<ExportResult> othersResult = Exports.startExport(other, Exports.request(1));
    assertTrue(sink.awaitHanging(11, Exports.LONG));
    closed.close();
    for (CompletableFuture<ExportResult> result : results) {
      assertInstanceOf(ExportResult.Retry.class, Exports.await(result));
    }
    sink.releaseHanging();
    assertEquals(ExportResult.Accepted.ALL, Exports.await(othersResult));
  }

  @Test
  void shouldRetryExportsAfterClose() throws Exception {
    ExportClient client = client(Exports.plaintext());
    client.close();
    assertInstanceOf(ExportResult.Retry.class, Exports.export(client, Exports.request(1)));
    ExportClient open = client(Exports.plaintext());
    clients.close();
    assertInstanceOf(ExportResult.Retry.class, Exports.export(open, Exports.request(1)));
  }

  @Test
  void shouldEndEveryExportOnceWhenClosedInTheMiddle() throws Exception {
    ExportClient client = client(Exports.plaintext());
    Exports.assertEndsEveryExportWhenClosed(client);
  }

  @Test
  void shouldEndItsThreads() throws Exception {
    Exports.export(client(Exports.plaintext()), Exports.request(1));
    clients.close();
    Exports.awaitCondition(
        () -> Exports.threads().stream().noneMatch(name -> name.startsWith("gardener-")),
        "threads are left");
  }
}
