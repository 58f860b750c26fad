package cloud.gardener.logging.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.route.Decision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, and the faults of an API server that only a fake one has on command. */
class FakeApiServerTest extends ApiServerContract {
  @TempDir Path folder;

  private final FakeApiServer server;

  FakeApiServerTest() throws IOException {
    server = new FakeApiServer();
  }

  @Override
  ApiAccess access() throws IOException {
    return Kubeconfig.access(folder, server.url(), FakeApiServer.TOKEN);
  }

  @Override
  void cleanUp() {
    server.close();
  }

  @Test
  void shouldNotListAgainAfterARestartOfTheApiServer() throws Exception {
    watching();
    server.stop();
    tables.await("{shoot--p--a=READY} incomplete");
    server.put(B, KubernetesJson.READY);
    server.start();

    tables.await("{shoot--p--a=READY, shoot--p--b=READY} complete");
    assertEquals(1, lists());
    assertEquals(1, log.containing("cannot be watched").size());
    assertEquals(1, log.containing("can be watched again").size());
  }

  @Test
  void shouldNotCallABrokenWatchAnOutage() throws Exception {
    watching();
    int told = tables.count();
    server.dropWatches();
    server.put(B, KubernetesJson.READY);

    tables.await("{shoot--p--a=READY, shoot--p--b=READY} complete");
    assertEquals(told + 1, tables.count());
    assertEquals(List.of(), log.containing("cannot be watched"));
  }

  /** As on a connection that is dead and that neither side has closed. */
  @Test
  void shouldFindANewShootWhileTheWatchIsSilent() throws Exception {
    watching();
    controller.query(B);
    tables.await(table -> table.route(B).decision() == Decision.NO_CLIENT, "no shoot of " + B);
    server.silenceWatches();
    server.put(B, KubernetesJson.READY);

    Await.until(
        "the shoot is known",
        () -> {
          controller.query(B);
          return tables.last().route(B).decision() == Decision.SHOOT;
        });
    assertEquals(1, server.watches());
  }

  @Test
  void shouldListAgainWhenTheHistoryIsGone() throws Exception {
    watching();
    server.stop();
    server.put(B, KubernetesJson.READY);
    server.compact();
    server.start();

    tables.await("{shoot--p--a=READY, shoot--p--b=READY} complete");
    assertEquals(2, lists());
  }

  @Test
  void shouldKeepItsRoutesWithoutPermission() throws Exception {
    watching();
    server.refuse(403);
    server.dropWatches();

    tables.await("{shoot--p--a=READY} incomplete");
    assertTrue(log.containing("as the test wants it").get(0).contains("it is not allowed"));
    server.refuse(0);
    tables.await("{shoot--p--a=READY} complete");
  }

  /** Whoever waits for the API server waits for the timeout of a list, which is twice the limit. */
  @Test
  void shouldNeitherStartNorStopLateWhenTheApiServerHangs() {
    server.hang();
    assertTimeoutPreemptively(
        Reflector.LIST_TIMEOUT.dividedBy(2),
        () -> {
          start();
          Await.until("the list is asked for", () -> lists() == 1);
          controller.close();
        });
    server.close();

    assertEquals(0, tables.count());
  }

  @Test
  void shouldLeaveNoThreadAndTellNothingMoreWhenItStops() throws Exception {
    watching();
    Await.until("the watch is open", () -> server.watches() == 1);
    controller.close();
    // The server finds out by writing to a connection that is closed.
    Await.until(
        "the watch has ended",
        () -> {
          System.gc(); // The JDK\'s client ends its connections at the latest when it is collected.
          server.put(B, KubernetesJson.READY);
          return server.watches() == 0;
        });

    assertEquals("{shoot--p--a=READY} complete", tables.text());
    assertFalse(
        Thread.getAllStackTraces().keySet().stream()
            .anyMatch(thread -> thread.getName().equals("gardener-kubernetes")));
  }

  @Test
  void shouldNeverSayTheToken() throws Exception {
    watching();
    server.refuse(401);
    server.dropWatches();
    tables.await("{shoot--p--a=READY} incomplete");
    server.stop();
    Await.until("it says so", () -> log.containing("cannot be watched").size() == 2);

    assertEquals(List.of(), log.containing(FakeApiServer.TOKEN));
  }

  private void watching() throws Exception {
    admin.define();
    admin.create(A, KubernetesJson.READY);
    start();
    tables.await("{shoot--p--a=READY} complete");
    Await.until("it watches", () -> server.watches() == 1);
  }

  private int lists() {
    return (int)
        server.requests("GET " + FakeApiServer.CLUSTERS + "?").stream()
            .filter(request -> !request.contains("watch="))
            .count();
  }
}
