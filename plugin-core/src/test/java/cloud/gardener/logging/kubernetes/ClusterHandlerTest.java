package cloud.gardener.logging.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.route.RouteConfigs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Clusters mean for the table, through everything that can happen to them. */
class ClusterHandlerTest {
  private static final String A = "shoot--p--a";
  private static final String B = "shoot--p--b";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final PluginConfig config = RouteConfigs.shoots("DeletedClientTimeExpiration", "1h");
  private final ManualEventLoop eventLoop = new ManualEventLoop();
  private final ScriptedApi api = new ScriptedApi();
  private final Tables tables = new Tables();
  private final PluginMetrics metrics = new PluginMetrics("test");
  private final ApiLogLines log = new ApiLogLines();
  private int version = 10;

  @BeforeEach
  void start() {
    ShootTable table =
        new ShootTable(config, eventLoop, Clock.fixed(NOW, ZoneOffset.UTC), tables);
    ShootController.reflectors(config.controller(), api, eventLoop, table, metrics, () -> 0)
        .forEach(Reflector::list);
  }

  @AfterEach
  void stop() {
    log.close();
    metrics.close();
  }

  @Test
  void shouldKnowEachShootsStateOnceAllAreListed() {
    api.last().answer(200, KubernetesJson.list("7", "next", cluster(A, KubernetesJson.READY)));
    assertEquals(0, tables.count());
    api.last().answer(200, KubernetesJson.list("7", "", cluster(B, KubernetesJson.shoot("testing", "Create", "Error"))));

    assertEquals("{shoot--p--a=READY, shoot--p--b=CREATION testing} incomplete", tables.text());
  }

  @Test
  void shouldSayNothingNewWhereNothingThatCountsIsNew() {
    watching(A);
    int count = tables.count();
    event("MODIFIED", A, KubernetesJson.READY);
    event("ADDED", A, KubernetesJson.shoot("evaluation", "Reconcile", "Processing"));

    assertEquals(count, tables.count());
    event("MODIFIED", A, KubernetesJson.shoot("evaluation", "Migrate", "Processing"));
    assertEquals(count + 1, tables.count());
    assertEquals("{shoot--p--a=MIGRATION} complete", tables.text());
  }

  @Test
  void shouldReactToTheStateWhateverTheEventIsCalled() {
    watching();
    event("MODIFIED", A, KubernetesJson.READY);
    assertEquals("{shoot--p--a=READY} complete", tables.text());

    event("ADDED", A, KubernetesJson.shoot("x", "Restore", "Processing"));
    assertEquals("{shoot--p--a=RESTORE} complete", tables.text());
  }

  @Test
  void shouldKeepAGoneShootAsDeletedAndThenForgetIt() {
    watching(A, B);
    event("DELETED", A, KubernetesJson.READY);
    assertEquals("{shoot--p--a=DELETED, shoot--p--b=READY} complete", tables.text());
    assertEquals(NOW, tables.last().shoots().get(A).goneSince());

    passWatching(59);
    assertEquals("{shoot--p--a=DELETED, shoot--p--b=READY} complete", tables.text());
    passWatching(1);
    assertEquals(List.of(B), List.copyOf(tables.last().shoots().keySet()));
  }

  @Test
  void shouldCountAnewForAShootThatCameBack() {
    watching(A);
    event("DELETED", A, KubernetesJson.READY);
    passWatching(30);
    event("ADDED", A, KubernetesJson.READY);
    assertEquals("{shoot--p--a=READY} complete", tables.text());

    event("DELETED", A, KubernetesJson.READY);
    passWatching(59);
    assertEquals(List.of(A), List.copyOf(tables.last().shoots().keySet()));
    passWatching(1);
    assertEquals(List.of(), List.copyOf(tables.last().shoots().keySet()));
  }

  @Test
  void shouldFindOutByListingWhatWentWhileNobodyWatched() {
    watching(A, B);
    api.last().part(KubernetesJson.event("ERROR", KubernetesJson.status(410, "gone")));
    eventLoop.run();
    api.last().answer(200, KubernetesJson.list("20", "", cluster(B, KubernetesJson.READY)));

    assertEquals("{shoot--p--a=DELETED, shoot--p--b=READY} incomplete", tables.text());
  }

  @Test
  void shouldCallAListCompleteWhenTheWatchFromThereIsHeard() {
    api.last().answer(200, KubernetesJson.list("7", "", cluster(A, KubernetesJson.READY)));
    api.last().answer(200);
    assertEquals("{shoot--p--a=READY} incomplete", tables.text());

    event("BOOKMARK", "", "null");
    assertEquals("{shoot--p--a=READY} complete", tables.text());
  }

  @Test
  void shouldNotCallItCompleteWhileItListsAgain() {
    watching(A);
    api.last().part(KubernetesJson.event("ERROR", KubernetesJson.status(410, "gone")));
    eventLoop.run();

    assertEquals("{shoot--p--a=READY} incomplete", tables.text());
    assertEquals(List.of(), log.containing("cannot be watched"));
  }

  @Test
  void shouldKeepKnownRoutesThroughAnOutage() {
    watching(A);
    api.last().fail("reset");
    eventLoop.run();
    api.last().fail("it had broken, too");
    eventLoop.pass(Duration.ofSeconds(2));
    api.last().fail("refused");
    assertEquals("{shoot--p--a=READY} incomplete", tables.text());

    eventLoop.pass(Duration.ofSeconds(4));
    api.last().answer(200);
    assertEquals("{shoot--p--a=READY} incomplete", tables.text());
    event("BOOKMARK", "", "null");
    assertEquals("{shoot--p--a=READY} complete", tables.text());
  }

  @Test
  void shouldWarnOnceForEachVersionWithoutAShootAndChangeNothing() throws IOException {
    watching(A);
    int count = tables.count();
    for (String shoot : List.of("null", "\"no object\"", "[]")) {
      api.last().part(KubernetesJson.event("MODIFIED", KubernetesJson.cluster(A, "50", shoot)));
    }
    api.last().part(KubernetesJson.event("MODIFIED", KubernetesJson.cluster(A, "51", "null")));
    api.last().part(KubernetesJson.event("MODIFIED", KubernetesJson.cluster("shoot--p--new", "52", "null")));

    assertEquals(count, tables.count());
    assertEquals(
        List.of(
            "WARNING Cluster shoot--p--a of version 50 has no shoot, or one that is no JSON object,"
                + " in spec.shoot; what it stood for stays as it is",
            "WARNING Cluster shoot--p--a of version 51 has no shoot, or one that is no JSON object,"
                + " in spec.shoot; what it stood for stays as it is"),
        log.containing("Cluster shoot--p--a"));
    assertTrue(errors("CanNotExtractShoot").endsWith(" 3.0"), errors("CanNotExtractShoot"));
  }

  @Test
  void shouldNotTakeAClusterWithoutAShootForGoneWhenItIsListed() {
    watching(A);
    api.last().part(KubernetesJson.event("ERROR", KubernetesJson.status(410, "gone")));
    eventLoop.run();
    api.last().answer(200, KubernetesJson.list("20", "", KubernetesJson.cluster(A, "19", "null")));

    assertEquals("{shoot--p--a=READY} incomplete", tables.text());
  }

  @Test
  void shouldSayInOneLineThatItCannotWatchAndInOneThatItCanAgain() throws IOException {
    for (int i = 0; i < 4; i++) {
      api.last().answer(404, "404 page not found");
      eventLoop.pass(Duration.ofSeconds(30));
    }
    api.last().answer(403, KubernetesJson.status(403, "clusters is forbidden"));
    eventLoop.pass(Duration.ofSeconds(30));
    watching(A);

    assertEquals(
        List.of(
            "WARNING clusters.extensions.gardener.cloud cannot be watched: the API server does not"
                + " serve /apis/extensions.gardener.cloud/v1alpha1/clusters; the"
                + " CustomResourceDefinition is not there, or not established; known shoots keep"
                + " their routes, records of others go to the seed until then",
            "WARNING clusters.extensions.gardener.cloud: not synchronised within PT1M; known shoots"
                + " keep their routes, records of others go to the seed until then",
            "WARNING clusters.extensions.gardener.cloud cannot be watched: it is not allowed:"
                + " clusters is forbidden; known shoots keep their routes, records of others go to"
                + " the seed until then",
            "INFO clusters.extensions.gardener.cloud: found 1, watches them",
            "INFO clusters.extensions.gardener.cloud can be watched again"),
        log.lines());
    assertTrue(errors("Watch").endsWith(" 5.0"), errors("Watch"));
  }

  @Test
  void shouldNotComplainOfTimeWhenItHasSynchronised() {
    watching(A);
    eventLoop.pass(Duration.ofMinutes(2));

    assertEquals(List.of(), log.containing("not synchronised"));
  }

  @Test
  void shouldMakeNoShootOfAClusterWithAnotherName() {
    watching("garden", "shoot-../x", A);

    assertEquals("{shoot--p--a=READY} complete", tables.text());
  }

  private String cluster(String name, String shoot) {
    return KubernetesJson.cluster(name, Integer.toString(version++), shoot);
  }

  /** Ready shoots are known, and a watch is heard. */
  private void watching(String... names) {
    String[] clusters =
        List.of(names).stream().map(name -> cluster(name, KubernetesJson.READY)).toArray(String[]::new);
    api.last().answer(200, KubernetesJson.list("7", "", clusters));
    api.last().answer(200);
    event("BOOKMARK", "", "null");
  }

  /** Minutes pass, and the open watch tells of each by a bookmark. */
  private void passWatching(int minutes) {
    for (int i = 0; i < minutes; i++) {
      eventLoop.pass(Duration.ofMinutes(1));
      event("BOOKMARK", "", "null");
    }
  }

  private void event(String type, String name, String shoot) {
    api.last().part(KubernetesJson.event(type, cluster(name, shoot)));
  }

  private String errors(String type) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    metrics.write(out, PluginMetrics.contentType(null));
    return out.toString()
        .lines()
        .filter(line -> line.startsWith("fluentbit_gardener_errors_total{type=\"" + type + "\""))
        .findFirst()
        .orElse("none");
  }
}
