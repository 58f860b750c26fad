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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A namespace that records name, and whose shoot is not known: it is asked for, and nothing waits. */
class QuestionsTest {
  private static final String CLUSTERS = "/apis/extensions.gardener.cloud/v1alpha1/clusters";
  private static final String COLLECTORS =
      "/apis/opentelemetry.io/v1beta1/opentelemetrycollectors";
  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final String A = "shoot--p--a";
  private static final String B = "shoot--p--b";

  private final ManualControl control = new ManualControl();
  private final ScriptedApi api = new ScriptedApi();
  private final Tables tables = new Tables();
  private final PluginMetrics metrics = new PluginMetrics("test");
  private Questions questions;

  @AfterEach
  void stop() {
    metrics.close();
  }

  @Test
  void shouldSendToTheSeedUntilItIsAnsweredAndThenToTheShoot() throws IOException {
    watching();
    assertDecided(A, Decision.SEED);

    ask(A).answer(200, Json.list("9", "", Json.cluster(A, "8", Json.READY)));

    assertDecided(A, Decision.SHOOT);
    assertEquals(1, questions("found"));
  }

  @Test
  void shouldDropOnlyWhatTheApiServerHasSaidToBeNoShoots() throws IOException {
    watching();
    ask(A).answer(200, Json.list("9", ""));

    assertDecided(A, Decision.NO_CLIENT);
    assertDecided(B, Decision.SEED);
    assertEquals(1, questions("absent"));
  }

  @Test
  void shouldAskAboutEachNamespaceOnce() {
    watching();
    ask(A);
    int requests = api.requests.size();
    for (int i = 0; i < 10; i++) {
      questions.ask(A);
      control.run();
    }
    assertEquals(requests, api.requests.size());

    api.last().answer(200, Json.list("9", ""));
    questions.ask(A);
    control.pass(Duration.ofSeconds(60));
    assertEquals(requests, api.requests.size());
  }

  @Test
  void shouldForgetThatThereIsNoShootWhenItComes() {
    watching();
    ScriptedApi.Request watch = api.last();
    ask(A).answer(200, Json.list("9", ""));
    watch.part(Json.event("ADDED", Json.cluster(A, "10", Json.READY)));
    assertDecided(A, Decision.SHOOT);
  }

  @Test
  void shouldForgetThatThereIsNoShootWhenTheWatchMayHaveMissedIt() {
    watching();
    ScriptedApi.Request watch = api.last();
    ask(A).answer(200, Json.list("9", ""));
    watch.part(Json.event("ERROR", Json.status(410, "gone")));

    assertDecided(A, Decision.SEED);
  }

  @Test
  void shouldForgetAnAnswerAfterAMinuteInWhichNothingWasWatched() {
    listed();
    ask(A).answer(200, Json.list("9", ""));
    assertDecided(A, Decision.NO_CLIENT);

    control.pass(ShootTable.ABSENT);
    assertDecided(A, Decision.SEED);
  }

  @Test
  void shouldKeepAnAnswerWhileEveryChangeIsTold() {
    watching();
    ScriptedApi.Request watch = api.last();
    ask(A).answer(200, Json.list("9", ""));
    for (int minute = 0; minute < 60; minute++) {
      control.pass(Duration.ofMinutes(1));
      watch.part(Json.event("BOOKMARK", Json.cluster("", "9", "null")));
    }

    assertDecided(A, Decision.NO_CLIENT);
  }

  @Test
  void shouldNotBringBackAShootThatTheWatchHasSeenGoMeanwhile() {
    watching();
    ScriptedApi.Request watch = api.last();
    ScriptedApi.Request question = ask(A);
    watch.part(Json.event("ADDED", Json.cluster(A, "9", Json.READY)));
    watch.part(Json.event("DELETED", Json.cluster(A, "10", Json.READY)));
    question.answer(200, Json.list("9", "", Json.cluster(A, "9", Json.READY)));

    assertEquals("{shoot--p--a=DELETED} complete", tables.text());
  }

  @Test
  void shouldAskNothingBeforeTheListWhichAnswersMostOfIt() {
    start();
    questions.ask(A);
    questions.ask(B);
    control.run();
    assertEquals(1, api.requests.size());

    api.last().answer(200, Json.list("7", "", Json.cluster(A, "5", Json.READY)));
    control.pass(Duration.ofSeconds(1));
    assertEquals(question(B), api.last().path);
    assertEquals(3, api.requests.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 410, 429, 500, 503})
  void shouldKeepToTheSeedAndAskAgainLaterWhenThereIsNoAnswer(int status) throws IOException {
    watching();
    ask(A).answer(status, Json.status(status, "not now"));
    assertDecided(A, Decision.SEED);
    assertEquals(1, questions("failed"));

    int requests = api.requests.size();
    questions.ask(A);
    control.run();
    assertEquals(requests, api.requests.size());
    control.pass(Duration.ofSeconds(1));
    assertEquals(question(A), api.last().path);
    assertEquals(requests + 1, api.requests.size());
  }

  @Test
  void shouldKeepThePauseThatTheApiServerAsksFor() {
    watching();
    ask(A).answerAfter(429, "7").end();
    int requests = api.requests.size();
    questions.ask(A);
    control.pass(Duration.ofMillis(6_999));
    assertEquals(requests, api.requests.size());
    control.pass(Duration.ofMillis(1));

    assertEquals(requests + 1, api.requests.size());
  }

  @Test
  void shouldGiveUpAQuestionThatIsNotAnswered() {
    watching();
    ScriptedApi.Request question = ask(A);
    control.pass(Duration.ofSeconds(10));

    assertTrue(question.isCancelled());
    assertDecided(A, Decision.SEED);
  }

  @Test
  void shouldBelieveTheWatchWhereQuestionsAreNotAllowed() {
    watching();
    ask(A).answer(403, Json.status(403, "clusters is forbidden"));
    assertDecided(A, Decision.NO_CLIENT);
  }

  @Test
  void shouldNotDropWhereQuestionsAreNotAllowedAndNothingIsWatched() {
    listed();
    ask(A).answer(403, Json.status(403, "clusters is forbidden"));
    assertDecided(A, Decision.SEED);
  }

  @Test
  void shouldNotDropWhileSuchObjectsAreNotServed() {
    listed();
    ask(A).answer(404, "404 page not found");
    assertDecided(A, Decision.SEED);
  }

  @Test
  void shouldBoundWhatAFloodOfNamesCosts() {
    watching();
    int before = api.requests.size();
    for (int second = 0; second < 60; second++) {
      for (int i = 0; i < 1_000; i++) {
        questions.ask("shoot--flood--" + second + "-" + i);
      }
      control.run();
      while (api.last().path.contains("flood") && !api.last().isAnswered()) {
        api.last().answer(200, Json.list("9", ""));
        control.run();
      }
      control.pass(Duration.ofSeconds(1));
    }

    int asked = api.requests.size() - before;
    assertTrue(asked <= Questions.BURST + 61, asked + " questions in a minute");
    assertTrue(asked >= 60, asked + " questions in a minute");
  }

  @Test
  void shouldRememberNoMoreThanItMay() {
    watching();
    for (int i = 0; i <= ShootTable.MOST_ABSENT; i++) {
      questions.ask("shoot--p--" + i);
      control.pass(Duration.ofSeconds(1));
      last(question("shoot--p--" + i)).answer(200, Json.list("9", ""));
      last(CLUSTERS + "?watch").part(Json.event("BOOKMARK", Json.cluster("", "9", "null")));
    }

    assertDecided("shoot--p--0", Decision.SEED);
    assertDecided("shoot--p--1", Decision.NO_CLIENT);
  }

  @Test
  void shouldLeaveNothingBehindWhenItStops() {
    watching();
    ScriptedApi.Request question = ask(A);
    questions.ask(B);
    questions.stop();
    int requests = api.requests.size();
    control.run();

    assertTrue(question.isCancelled());
    assertEquals(requests, api.requests.size());
  }

  @Test
  void shouldAskForTheNamespaceAndItsCollectors() {
    start("WatchOpenTelemetryCollector", "true",
        "OpenTelemetryCollectorLabelSelector", "app=otel",
        "OpenTelemetryCollectorNamespaceLabelSelector", "role=shoot");
    last(NAMESPACES).answer(200, Json.list("7", ""));
    last(COLLECTORS).answer(200, Json.list("7", ""));
    questions.ask(A);
    control.run();

    last(NAMESPACES + "?limit=1&fieldSelector=metadata.name%3Dshoot--p--a&labelSelector=role%3Dshoot")
        .answer(200, Json.list("9", "", Json.object("", A, "8")));
    assertDecided(A, Decision.SEED);
    last("/apis/opentelemetry.io/v1beta1/namespaces/shoot--p--a/opentelemetrycollectors"
            + "?limit=1000&labelSelector=app%3Dotel")
        .answer(200, Json.list("9", "", Json.object(A, "main", "8")));
    assertDecided(A, Decision.SHOOT);
  }

  @Test
  void shouldAskForCollectorsAloneWhereNamespacesMayNotBeAsked() {
    start("WatchOpenTelemetryCollector", "true",
        "OpenTelemetryCollectorNamespaceLabelSelector", "role=shoot");
    last(NAMESPACES).answer(403, Json.status(403, "namespaces is forbidden"));
    last(COLLECTORS).answer(200, Json.list("7", ""));
    questions.ask(A);
    control.run();

    last(NAMESPACES).answer(403, Json.status(403, "namespaces is forbidden"));
    last("/apis/opentelemetry.io/v1beta1/namespaces/")
        .answer(200, Json.list("9", "", Json.object(A, "main", "8")));
    assertDecided(A, Decision.SHOOT);
    assertFalse(tables.text().isEmpty());
  }

  private void start(String... keysAndValues) {
    PluginConfig config = RouteConfigs.shoots(keysAndValues);
    ShootTable table = new ShootTable(config, control, Clock.systemUTC(), tables);
    List<Reflector> reflectors =
        ShootController.reflectors(config.controller(), api, control, table, metrics, () -> 0);
    questions = new Questions(reflectors, control, table, metrics, () -> 0);
    reflectors.forEach(Reflector::list);
  }

  /** No shoot is known, and there may be some. */
  private void listed() {
    start();
    api.last().answer(200, Json.list("7", ""));
  }

  /** No shoot is known, and the watch is heard. */
  private void watching() {
    listed();
    api.last().answer(200).part(Json.event("BOOKMARK", Json.cluster("", "7", "null")));
  }

  private ScriptedApi.Request ask(String namespace) {
    questions.ask(namespace);
    control.run();
    assertEquals(question(namespace), api.last().path);
    return api.last();
  }

  private static String question(String namespace) {
    return CLUSTERS + "?limit=1&fieldSelector=metadata.name%3D" + namespace;
  }

  private ScriptedApi.Request last(String path) {
    return api.requests.stream()
        .filter(request -> request.path.startsWith(path))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private void assertDecided(String namespace, Decision decision) {
    assertEquals(decision, tables.last().decide(namespace).decision(), namespace);
  }

  private long questions(String result) throws IOException {
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
