package cloud.gardener.logging.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Listing and watching, and what goes wrong with both. The API server and the time are the test's. */
class ReflectorTest {
  private static final String PATH = "/apis/extensions.gardener.cloud/v1alpha1/clusters";
  private static final String LIST = PATH + "?limit=50&resourceVersion=0";
  private static final String NEWEST = PATH + "?limit=50";

  private final ManualEventLoop eventLoop = new ManualEventLoop();
  private final ScriptedApi api = new ScriptedApi();
  private final List<String> told = new ArrayList<>();
  private final Reflector reflector =
      new Reflector(ResourceKind.clusters(), api, eventLoop, new Recorder(), () -> 0);

  /** Writes down what it is told. */
  private final class Recorder implements ObjectHandler {
    @Override
    public void listed(List<ApiObject> all) {
      told.add("listed " + all.stream().map(ApiObject::name).toList());
    }

    @Override
    public void exists(ApiObject object) {
      if (object.name().equals("defect")) {
        throw new IllegalStateException("a defect, as the test wants it");
      }
      told.add("exists " + object.name());
    }

    @Override
    public void gone(ApiObject object) {
      told.add("gone " + object.name());
    }

    @Override
    public void problem(WatchProblem problem) {
      told.add("problem " + problem.kind());
    }

    @Override
    public void behind() {
      told.add("behind");
    }

    @Override
    public void connected() {
      told.add("connected");
    }
  }

  @BeforeEach
  void start() {
    reflector.list();
  }

  @Test
  void shouldListInPagesAndWatchFromTheListsVersion() {
    expect(LIST).answer(200, KubernetesJson.list("7", "page 2", cluster("a"), cluster("b")));
    expect(NEWEST + "&continue=page+2").answer(200, KubernetesJson.list("7", "", cluster("c")));

    assertTold("listed [a, b, c]");
    expectWatch("7");
  }

  @Test
  void shouldTellWhatTheWatchTellsAndGoOnFromTheLastVersion() {
    listed("7");
    expectWatch("7")
        .answer(200)
        .part(KubernetesJson.event("ADDED", KubernetesJson.cluster("a", "8", KubernetesJson.READY)))
        .part(KubernetesJson.event("MODIFIED", KubernetesJson.cluster("a", "9", KubernetesJson.READY)))
        .part(KubernetesJson.event("DELETED", KubernetesJson.cluster("a", "10", KubernetesJson.READY)))
        .end();
    eventLoop.run();

    assertTold("exists a", "connected", "exists a", "gone a");
    expectWatch("10");
  }

  @Test
  void shouldGoOnFromABookmark() {
    listed("7");
    expectWatch("7").answer(200, KubernetesJson.event("BOOKMARK", KubernetesJson.cluster("", "99", "null")));
    eventLoop.run();

    assertTold("connected");
    expectWatch("99");
  }

  @Test
  void shouldCallAWatchConnectedOnlyWhenItIsHeard() {
    listed("7");
    ScriptedApi.Request watch = expectWatch("7").answer(200);
    assertTold();

    watch.part(KubernetesJson.event("BOOKMARK", KubernetesJson.cluster("", "8", "null")));
    watch.part(KubernetesJson.event("BOOKMARK", KubernetesJson.cluster("", "9", "null")));
    assertTold("connected");
  }

  @Test
  void shouldListAgainWhenTheVersionIsTooOldToWatchFrom() {
    listed("7");
    expectWatch("7").answer(410, KubernetesJson.status(410, "too old resource version"));
    eventLoop.run();

    assertTold("behind");
    expectListNotOlderThan("7");
  }

  @Test
  void shouldListAgainAtOnceWhenTheFirstThingThatAWatchSaysIsThatItsVersionIsGone() {
    listed("7");
    expectWatch("7").fail("reset");
    eventLoop.run();
    for (int i = 0; i < 5; i++) {
      api.last().fail("refused");
      eventLoop.pass(Duration.ofSeconds(4));
    }
    told.clear();
    ScriptedApi.Request watch = expectWatch("7").answer(200);
    watch.part(KubernetesJson.event("ERROR", KubernetesJson.status(410, "Expired")));
    eventLoop.run();

    assertTrue(watch.isCancelled());
    assertTold("behind");
    expectListNotOlderThan("7");
  }

  @Test
  void shouldListWhatIsNewestAfterAPauseWhenTheCachesListIsGoneToo() {
    listed("7");
    expectWatch("7").answer(410, KubernetesJson.status(410, "too old resource version"));
    eventLoop.run();
    expectListNotOlderThan("7").answer(200, KubernetesJson.list("8", ""));
    expectWatch("8").answer(200).part(KubernetesJson.event("ERROR", KubernetesJson.status(410, "Expired")));
    eventLoop.run();
    expectWatch("8");
    eventLoop.pass(Duration.ofSeconds(1));

    expect(NEWEST).answer(200, KubernetesJson.list("9", "next", cluster("a")));
    expect(NEWEST + "&continue=next").answer(200, KubernetesJson.list("9", "", cluster("b")));
    assertTold("behind", "listed []", "behind", "listed [a, b]");
    expectWatch("9");
  }

  @Test
  void shouldListWhatIsNewestWhenTheApiServersDataIsOlderThanBefore() {
    listed("1000");
    ScriptedApi.Request watch = expectWatch("1000").answer(200);
    watch.part(KubernetesJson.event("BOOKMARK", KubernetesJson.cluster("", "999", "null")));
    eventLoop.pass(Duration.ofSeconds(1));

    assertTrue(watch.isCancelled());
    assertTold("behind");
    expect(NEWEST).answer(200, KubernetesJson.list("1001", ""));
    expectWatch("1001");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 410, 422, 504})
  void shouldListWhatIsNewestWhenTheCacheHasNothingThatIsAsNew(int status) {
    listed("7");
    expectWatch("7").answer(410, KubernetesJson.status(410, "too old resource version"));
    eventLoop.run();
    expectListNotOlderThan("7").answer(status, KubernetesJson.status(status, "Too large resource version"));
    eventLoop.pass(Duration.ofSeconds(1));

    expect(NEWEST);
  }

  @Test
  void shouldBeginTheListAgainWhenTheNextPageIsGone() {
    expect(LIST).answer(200, KubernetesJson.list("7", "next", cluster("a")));
    expect(NEWEST + "&continue=next").answer(410, KubernetesJson.status(410, "expired"));
    eventLoop.run();
    expect(NEWEST).answer(200, KubernetesJson.list("9", "", cluster("b")));

    assertTold("listed [b]");
  }

  @Test
  void shouldWatchAgainAtOnceWhenTheConnectionBreaks() {
    listed("7");
    expectWatch("7")
        .answer(200)
        .part(KubernetesJson.event("ADDED", KubernetesJson.cluster("a", "8", KubernetesJson.READY)))
        .fail("reset");
    eventLoop.run();

    assertTold("exists a", "connected");
    expectWatch("8");
  }

  @Test
  void shouldCallItAProblemWhenTheSecondConnectionInARowBringsNoAnswer() {
    listed("7");
    watching().fail("reset");
    eventLoop.run();
    expectWatch("8").fail("it had broken, too");
    eventLoop.pass(Duration.ofSeconds(1));
    ScriptedApi.Request second = expectWatch("8");

    assertTold("connected");
    second.fail("refused");
    assertTold("connected", "problem UNREACHABLE");
  }

  @Test
  void shouldCallItAProblemWhenWatchesEndOneAfterTheOtherBeforeTheyAreHeard() {
    listed("7");
    watching().end();
    eventLoop.run();
    expectWatch("8").answer(200).end();
    eventLoop.pass(Duration.ofSeconds(1));
    assertTold("connected");
    expectWatch("8").answer(200).end();

    assertTold("connected", "problem UNREACHABLE");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429, 500, 503})
  void shouldKeepTheVersionThroughAnOutage(int status) {
    listed("7");
    expectWatch("7").answer(status, KubernetesJson.status(status, "not now"));
    eventLoop.pass(Duration.ofSeconds(1));
    expectWatch("7").fail("refused");
    eventLoop.pass(Duration.ofSeconds(2));
    watching();

    String kind = status < 404 ? "DENIED" : "FAILED";
    assertTold("problem " + kind, "problem UNREACHABLE", "connected");
  }

  @Test
  void shouldKeepThePauseThatTheApiServerAsksForAndNotDoubleIt() {
    listed("7");
    for (int i = 0; i < 20; i++) {
      ScriptedApi.Request watch = expectWatch("7").answerAfter(429, "1");
      watch.part(KubernetesJson.status(429, "storage is (re)initializing")).end();
      eventLoop.pass(Duration.ofMillis(999));
      assertEquals(2 + i, api.requests.size());
      eventLoop.pass(Duration.ofMillis(1));
      assertEquals(3 + i, api.requests.size());
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 8", "0, 1", "86400, 60", "soon, 1", "-5, 1", "'Wed, 21 Oct 2015 07:28:00 GMT', 1"})
  void shouldWaitAsLongAsRetryAfterAsksButForAMinuteAtMost(String retryAfter, int seconds) {
    expect(LIST).answerAfter(503, retryAfter).end();
    eventLoop.pass(Duration.ofMillis(seconds * 1000L - 1));
    assertEquals(1, api.requests.size());
    eventLoop.pass(Duration.ofMillis(1));

    assertEquals(2, api.requests.size());
  }

  @Test
  void shouldKeepThePauseThatTheStatusAsksFor() {
    listed("7");
    String status = "{\"kind\":\"Status\",\"code\":429,\"details\":{\"retryAfterSeconds\":3}}";
    expectWatch("7").answer(200).part(KubernetesJson.event("ERROR", status));
    eventLoop.pass(Duration.ofMillis(2999));
    assertEquals(2, api.requests.size());
    eventLoop.pass(Duration.ofMillis(1));

    expectWatch("7");
    assertEquals(3, api.requests.size());
  }

  @Test
  void shouldListAgainWhenTheDefinitionIsGoneAndComesBack() {
    listed("7");
    expectWatch("7").answer(404, "404 page not found");
    eventLoop.pass(Duration.ofSeconds(1));
    expectListNotOlderThan("7").answer(404, "404 page not found");
    eventLoop.pass(Duration.ofSeconds(2));
    expectListNotOlderThan("7").answer(200, KubernetesJson.list("12", ""));

    assertTold("problem NOT_SERVED", "problem NOT_SERVED", "listed []");
    expectWatch("12");
  }

  @Test
  void shouldWatchOnANewConnectionWhenNothingIsHeardForNinetySeconds() {
    listed("7");
    ScriptedApi.Request watch = watching();
    eventLoop.pass(Duration.ofMillis(89_999));
    assertFalse(watch.isCancelled());
    eventLoop.pass(Duration.ofMillis(1));

    assertTrue(watch.isCancelled());
    assertEquals(1, api.reconnects);
    expectWatch("8");
    assertTold("connected", "behind");
  }

  @Test
  void shouldListWhenTheNewConnectionIsSilentToo() {
    listed("7");
    watching();
    eventLoop.pass(Reflector.SILENCE);
    expectWatch("8").answer(200);
    eventLoop.pass(Reflector.SILENCE);
    expectListNotOlderThan("8").answer(200, KubernetesJson.list("8", ""));

    assertTold("connected", "behind", "behind", "listed []");
    expectWatch("8");
  }

  @Test
  void shouldCallItAProblemWhenTheListIsSilentToo() {
    listed("7");
    expectWatch("7").answer(200);
    eventLoop.pass(Reflector.SILENCE);
    expectListNotOlderThan("7").answer(200);
    eventLoop.pass(Reflector.PATIENCE);

    assertTold("behind", "problem UNREACHABLE");
    assertEquals(2, api.reconnects);
  }

  @Test
  void shouldGiveUpAWatchThatIsNotAnswered() {
    listed("7");
    ScriptedApi.Request watch = expectWatch("7");
    eventLoop.pass(Duration.ofSeconds(30));

    assertTrue(watch.isCancelled());
    assertTold("problem UNREACHABLE");
  }

  @Test
  void shouldNotMistakeAWatchThatSpeaksForASilentOne() {
    listed("7");
    ScriptedApi.Request watch = expectWatch("7").answer(200);
    for (int i = 0; i < 10; i++) {
      eventLoop.pass(Duration.ofSeconds(89));
      watch.part(KubernetesJson.event("BOOKMARK", KubernetesJson.cluster("", "" + (8 + i), "null")));
    }

    assertFalse(watch.isCancelled());
    assertEquals(2, api.requests.size());
  }

  @Test
  void shouldGiveUpAPageThatGoesSilent() {
    ScriptedApi.Request page = expect(LIST).answer(200).part("{\"items\":[");
    eventLoop.pass(Reflector.PATIENCE);

    assertTrue(page.isCancelled());
    assertTold("problem UNREACHABLE");
    eventLoop.pass(Duration.ofSeconds(1));
    expect(LIST);
  }

  @Test
  void shouldGiveUpARequestThatIsNotAnswered() {
    expect(LIST);
    eventLoop.pass(Reflector.PATIENCE.plusSeconds(1));

    assertTold("problem UNREACHABLE");
    assertEquals(2, api.requests.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "",
        "{\"items\":[]}",
        "{\"items\":[{\"metadata\":{\"name\":\"a\"}}",
        "{\"items\":[],\"metadata\":{\"resourceVersion\":\"7\"}",
        "<html>Welcome to the proxy</html>",
      })
  void shouldNotTakeAnythingElseForAList(String body) {
    expect(LIST).answer(200, body);

    assertTold("problem FAILED");
    eventLoop.pass(Duration.ofSeconds(1));
    expect(LIST);
  }

  @Test
  void shouldListAgainWhenAWatchCannotBeRead() {
    listed("7");
    expectWatch("7").answer(200).part("{\"type\":\"ADDED\",,");

    assertTold("problem FAILED");
    eventLoop.pass(Duration.ofSeconds(1));
    expectListNotOlderThan("7");
  }

  @Test
  void shouldGoOnAfterADefectOfItsOwn() {
    listed("7");
    expectWatch("7").answer(200).part(KubernetesJson.event("ADDED", KubernetesJson.cluster("defect", "8", KubernetesJson.READY)));

    assertTold("problem FAILED");
    eventLoop.pass(Duration.ofSeconds(1));
    expectListNotOlderThan("8");
  }

  @Test
  void shouldPauseLongerAndLongerButNotForEver() {
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      long before = eventLoop.nanoTime();
      int requests = api.requests.size();
      api.last().fail("refused");
      while (api.requests.size() == requests) {
        eventLoop.pass(Duration.ofMillis(500));
      }
      pauses.add(Duration.ofNanos(eventLoop.nanoTime() - before).toSeconds());
    }

    assertEquals(List.of(1L, 2L, 4L, 4L, 4L, 4L, 4L, 4L), pauses);
  }

  @Test
  void shouldNotSpinWithAnApiServerThatEndsEachWatchAtOnce() {
    listed("7");
    for (int i = 0; i < 6; i++) {
      api.last().answer(200).part(KubernetesJson.event("BOOKMARK", KubernetesJson.cluster("", "7", "null"))).end();
      eventLoop.run();
    }
    assertEquals(3, api.requests.size());

    eventLoop.pass(Duration.ofSeconds(1));
    assertEquals(4, api.requests.size());
  }

  @Test
  void shouldWatchAgainAtOnceAfterAWatchThatLasted() {
    listed("7");
    for (int i = 0; i < 10; i++) {
      ScriptedApi.Request watch = api.last().answer(200);
      for (int minute = 0; minute < 4; minute++) {
        eventLoop.pass(Duration.ofMinutes(1));
        watch.part(KubernetesJson.event("BOOKMARK", KubernetesJson.cluster("", "8", "null")));
      }
      watch.end();
      eventLoop.run();
    }

    assertEquals(12, api.requests.size());
  }

  @Test
  void shouldLeaveNothingBehindWhenItStops() {
    listed("7");
    ScriptedApi.Request watch = expectWatch("7").answer(200);
    reflector.stop();
    watch.end();
    eventLoop.pass(Duration.ofHours(1));

    assertTrue(watch.isCancelled());
    assertEquals(0, eventLoop.timers());
    assertEquals(2, api.requests.size());
  }

  @Test
  void shouldAskForMetadataOnlyWhereThatIsAllItNeeds() {
    new Reflector(ResourceKind.collectors("app=otel,k in (a,b)"), api, eventLoop, new Recorder(), () -> 0)
        .list();

    ScriptedApi.Request request = api.last();
    assertTrue(request.accept.contains("as=PartialObjectMetadataList;"), request.accept);
    assertEquals(
        "/apis/opentelemetry.io/v1beta1/opentelemetrycollectors?limit=50&resourceVersion=0"
            + "&labelSelector=app%3Dotel%2Ck+in+%28a%2Cb%29",
        request.path);
  }

  private static String cluster(String name) {
    return KubernetesJson.cluster(name, "5", KubernetesJson.READY);
  }

  /** The list is read; what was told about it is forgotten. */
  private void listed(String version) {
    expect(LIST).answer(200, KubernetesJson.list(version, ""));
    assertTold("listed []");
    told.clear();
  }

  /** The watch that is asked for is heard: by a bookmark of version 8. */
  private ScriptedApi.Request watching() {
    ScriptedApi.Request watch = expectWatch("7").answer(200);
    return watch.part(KubernetesJson.event("BOOKMARK", KubernetesJson.cluster("", "8", "null")));
  }

  private ScriptedApi.Request expectListNotOlderThan(String version) {
    return expect(PATH + "?resourceVersion=" + version + "&resourceVersionMatch=NotOlderThan");
  }

  private ScriptedApi.Request expect(String path) {
    assertEquals(path, api.last().path);
    return api.last();
  }

  private ScriptedApi.Request expectWatch(String version) {
    return expect(
        PATH + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=240&resourceVersion=" + version);
  }

  private void assertTold(String... lines) {
    assertEquals(List.of(lines), told);
  }
}
