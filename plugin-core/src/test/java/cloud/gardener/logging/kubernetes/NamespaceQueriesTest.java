package cloud.gardener.logging.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.route.Decision;
import cloud.gardener.logging.route.RouteConfigs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A namespace that records name, and whose shoot is not known: it is asked for, and nothing waits. */
class NamespaceQueriesTest {
  private static final String CLUSTERS = "/apis/extensions.gardener.cloud/v1alpha1/clusters";
  private static final String COLLECTORS =
      "/apis/opentelemetry.io/v1beta1/opentelemetrycollectors";
  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final String A = "shoot--p--a";
  private static final String B = "shoot--p--b";

  private final ManualEventLoop eventLoop = new ManualEventLoop();
  private final ScriptedApi api = new ScriptedApi();
  private final Tables tables = new Tables();
  private final PluginMetrics metrics = new PluginMetrics("test");
  private NamespaceQueries queries;

  @AfterEach
  void stop() {
    metrics.close();
  }

  @Test
  void shouldSendToTheSeedUntilItIsAnsweredAndThenToTheShoot() throws IOException {
    watching();
    assertDecided(A, Decision.SEED);

    ask(A).answer(200, KubernetesJson.list("9", "", KubernetesJson.cluster(A, "8", KubernetesJson.READY)));

    assertDecided(A, Decision.SHOOT);
    assertEquals(1, queries("found"));
  }

  @Test
  void shouldDropOnlyWhatTheApiServerHasSaidToBeNoShoots() throws IOException {
    watching();
    ask(A).answer(200, KubernetesJson.list("9", ""));

    assertDecided(A, Decision.NO_CLIENT);
    assertDecided(B, Decision.SEED);
    assertEquals(1, queries("absent"));
  }

  @Test
  void shouldAskAboutEachNamespaceOnce() {
    watching();
    ask(A);
    int requests = api.requests.size();
    for (int i = 0; i < 10; i++) {
      queries.request(A);
      eventLoop.run();
    }
    assertEquals(requests, api.requests.size());

    api.last().answer(200, KubernetesJson.list("9", ""));
    queries.request(A);
    eventLoop.pass(Duration.ofSeconds(60));
    assertEquals(requests, api.requests.size());
  }

  @Test
  void shouldForgetThatThereIsNoShootWhenItComes() {
    watching();
    ScriptedApi.Request watch = api.last();
    ask(A).answer(200, KubernetesJson.list("9", ""));
    watch.part(KubernetesJson.event("ADDED", KubernetesJson.cluster(A, "10", KubernetesJson.READY)));
    assertDecided(A, Decision.SHOOT);
  }

  @Test
  void shouldForgetThatThereIsNoShootWhenTheWatchMayHaveMissedIt() {
    watching();
    ScriptedApi.Request watch = api.last();
    ask(A).answer(200, KubernetesJson.list("9", ""));
    watch.part(KubernetesJson.event("ERROR", KubernetesJson.status(410, "gone")));

    assertDecided(A, Decision.SEED);
  }

  @Test
  void shouldNotDropForAnAnswerWhileNoWatchWouldReportAShoot() {
    listed();
    ScriptedApi.Request watch = api.last();
    queries.request(A);
    watch.answer(404, "404 page not found");
    eventLoop.run();
    last(query(A)).answer(404, "404 page not found");
    queries.request(A);
    // The definition is back, the shoot is created just after the answer, and the list waits for its pause.
    eventLoop.pass(Duration.ofSeconds(1));
    last(query(A)).answer(200, KubernetesJson.list("9", ""));
    assertDecided(A, Decision.SEED);

    last(CLUSTERS + "?resourceVersion").answer(200, KubernetesJson.list("9", ""));
    assertDecided(A, Decision.SEED);
    last(CLUSTERS + "?watch").answer(200);
    assertDecided(A, Decision.NO_CLIENT);
  }

  @Test
  void shouldNotDropBetweenTwoWatches() {
    watching();
    ScriptedApi.Request watch = api.last();
    ask(A).answer(200, KubernetesJson.list("9", ""));
    eventLoop.pass(Duration.ofSeconds(1));
    assertDecided(A, Decision.NO_CLIENT);

    watch.end();
    assertDecided(A, Decision.SEED);
    eventLoop.run();
    assertDecided(A, Decision.SEED);
    last(CLUSTERS + "?watch").answer(200);
    assertDecided(A, Decision.NO_CLIENT);
  }

  @Test
  void shouldForgetAnAnswerAfterAMinuteInWhichTheWatchIsSilent() {
    listed();
    api.last().answer(200);
    ask(A).answer(200, KubernetesJson.list("9", ""));
    assertDecided(A, Decision.NO_CLIENT);

    eventLoop.pass(ShootTable.ABSENT_TTL);
    assertDecided(A, Decision.SEED);
  }

  @Test
  void shouldKeepAnAnswerWhileEveryChangeIsTold() {
    watching();
    ScriptedApi.Request watch = api.last();
    ask(A).answer(200, KubernetesJson.list("9", ""));
    for (int minute = 0; minute < 60; minute++) {
      eventLoop.pass(Duration.ofMinutes(1));
      watch.part(KubernetesJson.event("BOOKMARK", KubernetesJson.cluster("", "9", "null")));
    }

    assertDecided(A, Decision.NO_CLIENT);
  }

  @Test
  void shouldAskAgainWhenARecordComesAfterTheWatchWasSilent() {
    watching();
    ask(A).answer(200, KubernetesJson.list("9", ""));
    int requests = api.requests.size();
    eventLoop.pass(ShootTable.CONFIRM_AFTER.minusNanos(1));
    queries.request(A);
    eventLoop.run();
    assertEquals(requests, api.requests.size());

    eventLoop.pass(Duration.ofNanos(1));
    assertEquals(requests, api.requests.size());
    ScriptedApi.Request query = ask(A);
    assertDecided(A, Decision.NO_CLIENT);
    query.answer(200, KubernetesJson.list("10", "", KubernetesJson.cluster(A, "10", KubernetesJson.READY)));
    assertDecided(A, Decision.SHOOT);
  }

  @Test
  void shouldSendToTheSeedWhenItIsAskedAgainAndDoesNotAnswer() {
    watching();
    ask(A).answer(200, KubernetesJson.list("9", ""));
    eventLoop.pass(ShootTable.CONFIRM_AFTER);
    ask(A);
    eventLoop.pass(Duration.ofSeconds(10));

    assertDecided(A, Decision.SEED);
  }

  @Test
  void shouldNotAskAgainWhileTheWatchIsHeard() {
    watching();
    ScriptedApi.Request watch = api.last();
    ask(A).answer(200, KubernetesJson.list("9", ""));
    int requests = api.requests.size();
    for (int i = 0; i < 60; i++) {
      eventLoop.pass(ShootTable.CONFIRM_AFTER.dividedBy(2));
      watch.part(KubernetesJson.event("MODIFIED", KubernetesJson.cluster(B, Integer.toString(10 + i), KubernetesJson.READY)));
      eventLoop.pass(ShootTable.CONFIRM_AFTER.dividedBy(2).minusNanos(1));
      queries.request(A);
      eventLoop.run();
    }
    assertEquals(requests, api.requests.size());
    assertDecided(A, Decision.NO_CLIENT);
  }

  /** More of them than the rate allows: none starves, and the rate stays what it is. */
  @Test
  void shouldAskInTurnAboutManyWhileTheWatchIsSilent() {
    int namespaces = 40;
    Set<String> due = new HashSet<>();
    watching();
    for (int second = 0; second < 85; second++) {
      for (int i = 0; i < namespaces; i++) {
        queries.request("shoot--p--" + i);
      }
      int before = api.requests.size();
      eventLoop.run();
      while (api.last().path.contains("fieldSelector") && !api.last().isAnswered()) {
        due.add(api.last().path);
        api.last().answer(200, KubernetesJson.list("9", ""));
        eventLoop.run();
      }
      if (second == 40) {
        assertEquals(namespaces, due.size());
        due.clear();
      } else if (second > 40) {
        assertTrue(api.requests.size() - before <= 1, "more than one query a second");
      }
      eventLoop.pass(Duration.ofSeconds(1));
    }
    assertEquals(namespaces, due.size());
  }

  @Test
  void shouldNotBringBackAShootThatTheWatchHasSeenGoMeanwhile() {
    watching();
    ScriptedApi.Request watch = api.last();
    ScriptedApi.Request query = ask(A);
    watch.part(KubernetesJson.event("ADDED", KubernetesJson.cluster(A, "9", KubernetesJson.READY)));
    watch.part(KubernetesJson.event("DELETED", KubernetesJson.cluster(A, "10", KubernetesJson.READY)));
    query.answer(200, KubernetesJson.list("9", "", KubernetesJson.cluster(A, "9", KubernetesJson.READY)));

    assertEquals("{shoot--p--a=DELETED} complete", tables.text());
  }

  @Test
  void shouldAskNothingBeforeTheListWhichAnswersMostOfIt() {
    start();
    queries.request(A);
    queries.request(B);
    eventLoop.run();
    assertEquals(1, api.requests.size());

    api.last().answer(200, KubernetesJson.list("7", "", KubernetesJson.cluster(A, "5", KubernetesJson.READY)));
    eventLoop.pass(Duration.ofSeconds(1));
    assertEquals(query(B), api.last().path);
    assertEquals(3, api.requests.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 410, 429, 500, 503})
  void shouldKeepToTheSeedAndAskAgainLaterWhenThereIsNoAnswer(int status) throws IOException {
    watching();
    ask(A).answer(status, KubernetesJson.status(status, "not now"));
    assertDecided(A, Decision.SEED);
    assertEquals(1, queries("failed"));

    int requests = api.requests.size();
    queries.request(A);
    eventLoop.run();
    assertEquals(requests, api.requests.size());
    eventLoop.pass(Duration.ofSeconds(1));
    assertEquals(query(A), api.last().path);
    assertEquals(requests + 1, api.requests.size());
  }

  @Test
  void shouldKeepThePauseThatTheApiServerAsksFor() {
    watching();
    ask(A).answerAfter(429, "7").end();
    int requests = api.requests.size();
    queries.request(A);
    eventLoop.pass(Duration.ofMillis(6_999));
    assertEquals(requests, api.requests.size());
    eventLoop.pass(Duration.ofMillis(1));

    assertEquals(requests + 1, api.requests.size());
  }

  @Test
  void shouldGiveUpAQuestionThatIsNotAnswered() {
    watching();
    ScriptedApi.Request query = ask(A);
    eventLoop.pass(Duration.ofSeconds(10));

    assertTrue(query.isCancelled());
    assertDecided(A, Decision.SEED);
  }

  /** The watch of a definition that is deleted, status 404, goes on for a moment. */
  @ParameterizedTest
  @CsvSource({"403, true, NO_CLIENT", "403, false, SEED", "404, true, SEED", "404, false, SEED"})
  void shouldBelieveTheWatchAloneWhereQuestionsAreNotAllowed(int status, boolean isWatched, Decision decision) {
    if (isWatched) {
      watching();
    } else {
      listed();
    }
    ask(A).answer(status, KubernetesJson.status(status, "no list"));
    assertDecided(A, decision);
  }

  @Test
  void shouldBoundWhatAFloodOfNamesCosts() {
    watching();
    int before = api.requests.size();
    for (int second = 0; second < 60; second++) {
      for (int i = 0; i < 1_000; i++) {
        queries.request("shoot--flood--" + second + "-" + i);
      }
      eventLoop.run();
      while (api.last().path.contains("flood") && !api.last().isAnswered()) {
        api.last().answer(200, KubernetesJson.list("9", ""));
        eventLoop.run();
      }
      eventLoop.pass(Duration.ofSeconds(1));
    }

    int asked = api.requests.size() - before;
    assertTrue(asked <= NamespaceQueries.BURST + 61, asked + " queries in a minute");
    assertTrue(asked >= 60, asked + " queries in a minute");
  }

  @Test
  void shouldRememberNoMoreThanItMay() {
    watching();
    for (int i = 0; i <= ShootTable.MAX_ABSENT; i++) {
      queries.request("shoot--p--" + i);
      eventLoop.pass(Duration.ofSeconds(1));
      last(query("shoot--p--" + i)).answer(200, KubernetesJson.list("9", ""));
      last(CLUSTERS + "?watch").part(KubernetesJson.event("BOOKMARK", KubernetesJson.cluster("", "9", "null")));
    }

    assertDecided("shoot--p--0", Decision.SEED);
    assertDecided("shoot--p--1", Decision.NO_CLIENT);
  }

  @Test
  void shouldLeaveNothingBehindWhenItStops() {
    watching();
    ScriptedApi.Request query = ask(A);
    queries.request(B);
    queries.stop();
    int requests = api.requests.size();
    eventLoop.run();

    assertTrue(query.isCancelled());
    assertEquals(requests, api.requests.size());
  }

  @Test
  void shouldAskForTheNamespaceAndItsCollectors() {
    start("WatchOpenTelemetryCollector", "true",
        "OpenTelemetryCollectorLabelSelector", "app=otel",
        "OpenTelemetryCollectorNamespaceLabelSelector", "role=shoot");
    last(NAMESPACES).answer(200, KubernetesJson.list("7", ""));
    last(COLLECTORS).answer(200, KubernetesJson.list("7", ""));
    queries.request(A);
    eventLoop.run();

    last(NAMESPACES + "?limit=1&fieldSelector=metadata.name%3Dshoot--p--a&labelSelector=role%3Dshoot")
        .answer(200, KubernetesJson.list("9", "", KubernetesJson.object("", A, "8")));
    assertDecided(A, Decision.SEED);
    last("/apis/opentelemetry.io/v1beta1/namespaces/shoot--p--a/opentelemetrycollectors"
            + "?limit=1000&labelSelector=app%3Dotel")
        .answer(200, KubernetesJson.list("9", "", KubernetesJson.object(A, "main", "8")));
    assertDecided(A, Decision.SHOOT);
  }

  /** One of two watches that is dead reports nothing of its kind. */
  @Test
  void shouldAskAgainWhenOneOfTwoWatchesIsSilent() {
    start("WatchOpenTelemetryCollector", "true", "OpenTelemetryCollectorNamespaceLabelSelector", "role=shoot");
    String bookmark = KubernetesJson.event("BOOKMARK", KubernetesJson.object("", "", "8"));
    last(NAMESPACES).answer(200, KubernetesJson.list("7", ""));
    last(COLLECTORS).answer(200, KubernetesJson.list("7", ""));
    last(NAMESPACES + "?watch").answer(200).part(bookmark);
    last(COLLECTORS + "?watch").answer(200).part(bookmark);
    queries.request(A);
    eventLoop.run();
    last(NAMESPACES + "?limit=1").answer(200, KubernetesJson.list("9", ""));
    last("/apis/opentelemetry.io/v1beta1/namespaces/").answer(200, KubernetesJson.list("9", ""));
    assertDecided(A, Decision.NO_CLIENT);
    int requests = api.requests.size();

    eventLoop.pass(ShootTable.CONFIRM_AFTER);
    last(NAMESPACES + "?watch").part(bookmark);
    last(COLLECTORS + "?watch").part(bookmark);
    queries.request(A);
    eventLoop.run();
    assertEquals(requests, api.requests.size());

    eventLoop.pass(ShootTable.CONFIRM_AFTER);
    last(COLLECTORS + "?watch").part(bookmark);
    queries.request(A);
    eventLoop.run();
    assertEquals(requests + 1, api.requests.size());
  }

  @Test
  void shouldAskForCollectorsAloneWhereNamespacesMayNotBeAsked() {
    start("WatchOpenTelemetryCollector", "true",
        "OpenTelemetryCollectorNamespaceLabelSelector", "role=shoot");
    last(NAMESPACES).answer(403, KubernetesJson.status(403, "namespaces is forbidden"));
    last(COLLECTORS).answer(200, KubernetesJson.list("7", ""));
    queries.request(A);
    eventLoop.run();

    last(NAMESPACES).answer(403, KubernetesJson.status(403, "namespaces is forbidden"));
    last("/apis/opentelemetry.io/v1beta1/namespaces/")
        .answer(200, KubernetesJson.list("9", "", KubernetesJson.object(A, "main", "8")));
    assertDecided(A, Decision.SHOOT);
    assertFalse(tables.text().isEmpty());
  }

  private void start(String... keysAndValues) {
    PluginConfig config = RouteConfigs.shoots(keysAndValues);
    ShootTable table = new ShootTable(config, eventLoop, Clock.systemUTC(), tables);
    List<Reflector> reflectors =
        ShootController.reflectors(config.controller(), api, eventLoop, table, metrics, () -> 0);
    queries = new NamespaceQueries(reflectors, eventLoop, table, metrics, () -> 0);
    reflectors.forEach(Reflector::list);
  }

  /** No shoot is known, and there may be some. */
  private void listed() {
    start();
    api.last().answer(200, KubernetesJson.list("7", ""));
  }

  /** No shoot is known, and the watch is heard. */
  private void watching() {
    listed();
    api.last().answer(200).part(KubernetesJson.event("BOOKMARK", KubernetesJson.cluster("", "7", "null")));
  }

  private ScriptedApi.Request ask(String namespace) {
    queries.request(namespace);
    eventLoop.run();
    assertEquals(query(namespace), api.last().path);
    return api.last();
  }

  private static String query(String namespace) {
    return CLUSTERS + "?limit=1&fieldSelector=metadata.name%3D" + namespace;
  }

  private ScriptedApi.Request last(String path) {
    return api.requests.stream()
        .filter(request -> request.path.startsWith(path))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private void assertDecided(String namespace, Decision decision) {
    assertEquals(decision, tables.last().route(namespace).decision(), namespace);
  }

  private long queries(String result) throws IOException {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    metrics.write(page, PluginMetrics.contentType(null));
    String series = "fluentbit_gardener_namespace_questions_total{result=\"" + result + "\"} ";
    return page.toString()
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(series.length())))
        .sum();
  }
}
