package cloud.gardener.logging.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
  private final List<String> calls = new ArrayList<>();
  private final List<Boolean> opened = new ArrayList<>();
  private final List<Long> heardNs = new ArrayList<>();
  private final Reflector reflector =
      new Reflector(ResourceKind.clusters(), api, eventLoop, new Recorder(), () -> 0);

  /** Writes down what it is calls. */
  private final class Recorder implements ObjectHandler {
    @Override
    public void listed(List<ApiObject> all) {
      calls.add("listed " + all.stream().map(ApiObject::name).toList());
    }

    @Override
    public void updated(ApiObject object) {
      if (object.name().equals("defect")) {
        throw new IllegalStateException("a defect, as the test wants it");
      }
      calls.add("updated " + object.name());
    }

    @Override
    public void deleted(ApiObject object) {
      calls.add("deleted " + object.name());
    }

    @Override
    public void failed(WatchProblem problem) {
      calls.add("failed " + problem.kind());
    }

    @Override
    public void stale() {
      calls.add("stale");
    }

    @Override
    public void watchOpen(boolean isOpen) {
      opened.add(isOpen);
    }

    @Override
    public void heard(long nowNs) {
      heardNs.add(nowNs);
    }

    @Override
    public void connected() {
      calls.add("connected");
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

    assertCalls("listed [a, b, c]");
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

    assertCalls("updated a", "connected", "updated a", "deleted a");
    expectWatch("10");
  }

  @Test
  void shouldGoOnFromABookmark() {
    listed("7");
    expectWatch("7").answer(200, KubernetesJson.event("BOOKMARK", KubernetesJson.cluster("", "99", "null")));
    eventLoop.run();

    assertCalls("connected");
    expectWatch("99");
  }

  @Test
  void shouldCallAWatchConnectedOnlyWhenItIsHeard() {
    listed("7");
    ScriptedApi.Request watch = expectWatch("7").answer(200);
    assertCalls();

    watch.part(KubernetesJson.event("BOOKMARK", KubernetesJson.cluster("", "8", "null")));
    watch.part(KubernetesJson.event("BOOKMARK", KubernetesJson.cluster("", "9", "null")));
    assertCalls("connected");
  }

  @Test
  void shouldTellEachTimeThatItIsHeard() {
    listed("7");
    ScriptedApi.Request watch = expectWatch("7").answer(200);
    assertEquals(List.of(), heardNs);
    watch.part(KubernetesJson.event("ADDED", KubernetesJson.cluster("a", "8", KubernetesJson.READY)));
    long first = eventLoop.nanoTime();
    eventLoop.pass(Duration.ofSeconds(60));
    watch.part(KubernetesJson.event("BOOKMARK", KubernetesJson.cluster("", "9", "null")));

    assertEquals(List.of(first, eventLoop.nanoTime()), heardNs);
  }

  @Test
  void shouldListAgainWhenTheVersionIsTooOldToWatchFrom() {
    listed("7");
    expectWatch("7").answer(410, KubernetesJson.status(410, "too old resource version"));
    eventLoop.run();

    assertCalls("stale");
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
    calls.clear();
    ScriptedApi.Request watch = expectWatch("7").answer(200);
    watch.part(KubernetesJson.event("ERROR", KubernetesJson.status(410, "Expired")));
    eventLoop.run();

    assertTrue(watch.isCancelled());
    assertCalls("stale");
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
    assertCalls("stale", "listed []", "stale", "listed [a, b]");
    expectWatch("9");
  }

  @Test
  void shouldListWhatIsNewestWhenTheApiServersDataIsOlderThanBefore() {
    listed("1000");
    ScriptedApi.Request watch = expectWatch("1000").answer(200);
    watch.part(KubernetesJson.event("BOOKMARK", KubernetesJson.cluster("", "999", "null")));
    eventLoop.pass(Duration.ofSeconds(1));

    assertTrue(watch.isCancelled());
    assertCalls("stale");
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

    assertCalls("listed [b]");
  }

  @Test
  void shouldWatchAgainAtOnceWhenTheConnectionBreaks() {
    listed("7");
    expectWatch("7")
        .answer(200)
        .part(KubernetesJson.event("ADDED", KubernetesJson.cluster("a", "8", KubernetesJson.READY)))
        .fail("reset");
    eventLoop.run();

    assertCalls("updated a", "connected");
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

    assertCalls("connected");
    second.fail("refused");
    assertCalls("connected", "failed UNREACHABLE");
  }

  @Test
  void shouldCallItAProblemWhenWatchesEndOneAfterTheOtherBeforeTheyAreHeard() {
    listed("7");
    watching().end();
    eventLoop.run();
    expectWatch("8").answer(200).end();
    eventLoop.pass(Duration.ofSeconds(1));
    assertCalls("connected");
    expectWatch("8").answer(200).end();

    assertCalls("connected", "failed UNREACHABLE");
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
    assertCalls("failed " + kind, "failed UNREACHABLE", "connected");
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

    assertCalls("failed NOT_SERVED", "failed NOT_SERVED", "listed []");
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
    assertEquals(1, api.renewals);
    expectWatch("8");
    assertCalls("connected", "stale");
  }

  @Test
  void shouldListWhenTheNewConnectionIsSilentToo() {
    listed("7");
    watching();
    eventLoop.pass(Reflector.WATCH_IDLE_TIMEOUT);
    expectWatch("8").answer(200);
    eventLoop.pass(Reflector.WATCH_IDLE_TIMEOUT);
    expectListNotOlderThan("8").answer(200, KubernetesJson.list("8", ""));

    assertCalls("connected", "stale", "stale", "listed []");
    expectWatch("8");
  }

  @Test
  void shouldCallItAProblemWhenTheListIsSilentToo() {
    listed("7");
    expectWatch("7").answer(200);
    eventLoop.pass(Reflector.WATCH_IDLE_TIMEOUT);
    expectListNotOlderThan("7").answer(200);
    eventLoop.pass(Reflector.LIST_TIMEOUT);

    assertCalls("stale", "failed UNREACHABLE");
    assertEquals(2, api.renewals);
  }

  @Test
  void shouldGiveUpAWatchThatIsNotAnswered() {
    listed("7");
    ScriptedApi.Request watch = expectWatch("7");
    eventLoop.pass(Duration.ofSeconds(30));

    assertTrue(watch.isCancelled());
    assertCalls("failed UNREACHABLE");
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
    eventLoop.pass(Reflector.LIST_TIMEOUT);

    assertTrue(page.isCancelled());
    assertCalls("failed UNREACHABLE");
    eventLoop.pass(Duration.ofSeconds(1));
    expect(LIST);
  }

  @Test
  void shouldGiveUpARequestThatIsNotAnswered() {
    expect(LIST);
    eventLoop.pass(Reflector.LIST_TIMEOUT.plusSeconds(1));

    assertCalls("failed UNREACHABLE");
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

    assertCalls("failed FAILED");
    eventLoop.pass(Duration.ofSeconds(1));
    expect(LIST);
  }

  @Test
  void shouldListAgainWhenAWatchCannotBeRead() {
    listed("7");
    expectWatch("7").answer(200).part("{\"type\":\"ADDED\",,");

    assertCalls("failed FAILED");
    eventLoop.pass(Duration.ofSeconds(1));
    expectListNotOlderThan("7");
  }

  @Test
  void shouldGoOnAfterADefectOfItsOwn() {
    listed("7");
    expectWatch("7").answer(200).part(KubernetesJson.event("ADDED", KubernetesJson.cluster("defect", "8", KubernetesJson.READY)));

    assertCalls("failed FAILED");
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
  void shouldSayWhetherAWatchIsOpenHoweverItEnds() {
    listed("7");
    List<Consumer<ScriptedApi.Request>> ends =
        List.of(
            watch -> watch.end(),
            watch -> watch.fail("broken"),
            watch -> watch.part("no JSON"),
            watch -> watch.part(KubernetesJson.event("ERROR", KubernetesJson.status(410, "gone"))),
            watch -> watch.part(KubernetesJson.event("BOOKMARK", KubernetesJson.cluster("", "1", "null"))),
            watch -> eventLoop.pass(Reflector.WATCH_IDLE_TIMEOUT));
    for (Consumer<ScriptedApi.Request> end : ends) {
      opened.clear();
      ScriptedApi.Request watch = api.last().answer(200);
      assertEquals(List.of(true), opened);
      end.accept(watch);
      assertEquals(false, opened.get(opened.size() - 1));
      eventLoop.pass(Duration.ofSeconds(10));
      if (!api.last().path.contains("watch=")) {
        api.last().answer(200, KubernetesJson.list("7", ""));
      }
    }
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
    assertCalls("listed []");
    calls.clear();
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

  private void assertCalls(String... lines) {
    assertEquals(List.of(lines), calls);
  }
}
