package cloud.gardener.logging.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.route.RouteConfigs;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What OpenTelemetryCollectors, and the labels of their namespaces, mean for the table. */
class CollectorHandlerTest {
  private static final String COLLECTORS = "/apis/opentelemetry.io/v1beta1/opentelemetrycollectors";
  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final String A = "shoot--p--a";
  private static final String B = "shoot--p--b";

  private final ManualEventLoop eventLoop = new ManualEventLoop();
  private final ScriptedApi api = new ScriptedApi();
  private final Tables tables = new Tables();
  private final PluginMetrics metrics = new PluginMetrics("test");
  private final ApiLogLines log = new ApiLogLines();

  @AfterEach
  void stop() {
    log.close();
    metrics.close();
  }

  @Test
  void shouldTakeANamespaceWithACollectorForAShoot() {
    start("");
    last(COLLECTORS)
        .answer(200, KubernetesJson.list("7", "", KubernetesJson.object(A, "main", "1"), KubernetesJson.object("garden", "x", "2")));
    assertEquals("{shoot--p--a=READY} incomplete", tables.text());

    heard(COLLECTORS);
    assertEquals("{shoot--p--a=READY} complete", tables.text());
  }

  @Test
  void shouldFollowCollectorsThatComeAndGo() {
    start("");
    last(COLLECTORS).answer(200, KubernetesJson.list("7", "", KubernetesJson.object(A, "one", "1")));
    last(COLLECTORS).answer(200);
    event(COLLECTORS, "ADDED", KubernetesJson.object(A, "two", "8"));
    event(COLLECTORS, "DELETED", KubernetesJson.object(A, "one", "9"));
    assertEquals("{shoot--p--a=READY} complete", tables.text());

    event(COLLECTORS, "DELETED", KubernetesJson.object(A, "two", "10"));
    assertEquals("{shoot--p--a=DELETED} complete", tables.text());
    event(COLLECTORS, "ADDED", KubernetesJson.object(A, "three", "11"));
    assertEquals("{shoot--p--a=READY} complete", tables.text());
  }

  @Test
  void shouldSeeADeletionThatHasBegun() {
    start("");
    last(COLLECTORS).answer(200, KubernetesJson.list("7", "", KubernetesJson.object(A, "one", "1")));
    last(COLLECTORS).answer(200);
    event(
        COLLECTORS,
        "MODIFIED",
        "{\"metadata\":{\"namespace\":\"" + A + "\",\"name\":\"one\",\"resourceVersion\":\"8\","
            + "\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"}}");

    assertEquals("{shoot--p--a=DELETION} complete", tables.text());
  }

  @Test
  void shouldTakeOnlyCollectorsOfSelectedNamespaces() {
    start("role=shoot");
    last(COLLECTORS)
        .answer(200, KubernetesJson.list("7", "", KubernetesJson.object(A, "x", "1"), KubernetesJson.object(B, "x", "2")));
    assertEquals(0, tables.count());

    last(NAMESPACES).answer(200, KubernetesJson.list("7", "", KubernetesJson.object("", A, "3")));
    assertEquals("{shoot--p--a=READY} incomplete", tables.text());
    heard(COLLECTORS);
    assertEquals("{shoot--p--a=READY} incomplete", tables.text());

    last(NAMESPACES).answer(200);
    event(NAMESPACES, "ADDED", KubernetesJson.object("", B, "8"));
    event(NAMESPACES, "DELETED", KubernetesJson.object("", A, "9"));
    assertEquals("{shoot--p--a=DELETED, shoot--p--b=READY} complete", tables.text());
  }

  @Test
  void shouldTakeAllNamespacesAndSaySoWhereItMayNotAskForThem() {
    start("role=shoot");
    last(COLLECTORS).answer(200, KubernetesJson.list("7", "", KubernetesJson.object(A, "x", "1")));
    for (int i = 0; i < 3; i++) {
      last(NAMESPACES).answer(403, KubernetesJson.status(403, "namespaces is forbidden"));
      eventLoop.pass(Duration.ofSeconds(6));
    }

    heard(COLLECTORS);
    assertEquals("{shoot--p--a=READY} complete", tables.text());
    assertEquals(
        List.of(
            "WARNING OpenTelemetryCollectorNamespaceLabelSelector has no effect, collectors of all"
                + " namespaces count: to list and watch namespaces, it is not allowed: namespaces is"
                + " forbidden"),
        log.containing("LabelSelector"));

    last(NAMESPACES).answer(200, KubernetesJson.list("7", "", KubernetesJson.object("", B, "3")));
    assertEquals("{shoot--p--a=DELETED} incomplete", tables.text());
  }

  @Test
  void shouldKeepTheSelectionThroughAnOutage() {
    start("role=shoot");
    last(COLLECTORS)
        .answer(200, KubernetesJson.list("7", "", KubernetesJson.object(A, "x", "1"), KubernetesJson.object(B, "x", "2")));
    last(NAMESPACES).answer(200, KubernetesJson.list("7", "", KubernetesJson.object("", A, "3")));
    last(NAMESPACES).answer(403, KubernetesJson.status(403, "not any more"));

    assertEquals("{shoot--p--a=READY} incomplete", tables.text());
  }

  private void start(String namespaceSelector) {
    PluginConfig config =
        RouteConfigs.shoots(
            "WatchOpenTelemetryCollector", "true",
            "OpenTelemetryCollectorNamespaceLabelSelector", namespaceSelector);
    ShootTable table = new ShootTable(config, eventLoop, Clock.systemUTC(), tables);
    ShootController.reflectors(config.controller(), api, eventLoop, table, metrics, () -> 0)
        .forEach(Reflector::list);
  }

  /** The watch of such objects is answered and heard. */
  private void heard(String path) {
    last(path).answer(200);
    event(path, "BOOKMARK", KubernetesJson.object("", "", "9"));
  }

  /** The last request for such objects. */
  private ScriptedApi.Request last(String path) {
    return api.requests.stream()
        .filter(request -> request.path.startsWith(path + "?"))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private void event(String path, String type, String object) {
    last(path).part(KubernetesJson.event(type, object));
  }
}
