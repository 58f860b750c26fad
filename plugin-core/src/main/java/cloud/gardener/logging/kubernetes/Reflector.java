package cloud.gardener.logging.kubernetes;

import cloud.gardener.logging.pace.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Keeps a {@link ObjectHandler} up to date: lists the objects, then watches from that version on, until it is stopped.
 *
 * <ul>
 *   <li>Lists are served from the API server's cache, because all nodes of a seed may list at once, and are never older
 *       than what is already known. If the cache cannot serve them, the newest objects are listed in pages.
 *   <li>A watch works once an event or a bookmark has arrived; a response alone proves nothing. Bookmarks arrive each
 *       minute: a watch that is silent for {@link #SILENCE} is dead and is started again on a new connection. But an
 *       API server that has seen no change since its start sends no bookmarks: if nothing at all arrives, a list on a
 *       new connection shows whether the server still responds.
 *   <li>A watch that ends or breaks is started again from the last version seen. It is a problem only if the second
 *       attempt gets no response: the first may have used a connection that broke together with the watch's.
 *   <li>410 Gone: all objects are listed again, at once, or after a pause if that did not help. After 404, invalid
 *       JSON, and versions that go backwards: after a pause.
 *   <li>Any other failure is retried after a pause: the one that the API server requests, or a short one.
 * </ul>
 *
 * <p>Only used on the event loop.
 */
final class Reflector {
  /** Objects in one page. */
  static final int PAGE = 50;

  /** Duration of a watch before the API server ends it, plus up to a quarter. */
  static final int WATCH_SECONDS = 240;

  /** Timeout of a list without data. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Timeout of a watch without data. */
  static final Duration SILENCE = Duration.ofSeconds(90);

  /**
   * 1 s, 2 s and then 4 s, each extended by up to one half. Pauses stay short: a shoot that is created while the API
   * server recovers is known only when the next attempt succeeds.
   */
  static final Backoff.Growth PAUSES =
      new Backoff.Growth(
          Duration.ofSeconds(1), 2, Duration.ofSeconds(4), 0.5, Duration.ofNanos(Long.MAX_VALUE));

  private static final Duration UNTIL_WATCHED = Duration.ofSeconds(30);
  private static final Duration LONGEST_LIST = Duration.ofMinutes(10);

  /** A watch that received data and lasted this long counts as a success. */
  private static final Duration HEALTHY = Duration.ofSeconds(1);

  private final ResourceKind resource;
  private final ApiClient api;
  private final EventLoop eventLoop;
  private final ObjectHandler handler;
  private final DoubleSupplier random;
  private final Backoff backoff;

  private ApiResponse answer;
  private EventLoop.Timer timer = () -> {};
  private boolean stopped;
  private String version = "";

  /** Whether the next watch may fail once without being a problem: no attempt has failed since the last success. */
  private boolean mayMiss;

  /** Whether the version was gone (410), and no event has arrived since. */
  private boolean wasGone;

  /**
   * Creates a reflector that is idle until {@link #list}.
   *
   * @param random returns 0 to 1, so that not all nodes of a seed act at once
   */
  Reflector(ResourceKind resource, ApiClient api, EventLoop eventLoop, ObjectHandler handler, DoubleSupplier random) {
    this.resource = resource;
    this.api = api;
    this.eventLoop = eventLoop;
    this.handler = handler;
    this.random = random;
    this.backoff = new Backoff(PAUSES, eventLoop::nanoTime, random);
  }

  /** Lists the objects, and then watches them. */
  void list() {
    page(resource.listCached(version, PAGE), new ArrayList<>());
  }

  private void listNewest() {
    page(resource.listNewest(PAGE, ""), new ArrayList<>());
  }

  private void page(String path, List<ApiObject> soFar) {
    answer = new PageAnswer(soFar);
    answer.ask(path, resource.acceptList(), PATIENCE, PATIENCE, LONGEST_LIST);
  }

  private void watch() {
    int seconds = WATCH_SECONDS + (int) (random.getAsDouble() * WATCH_SECONDS / 4);
    answer = new WatchAnswer();
    answer.ask(
        resource.watch(version, seconds),
        resource.acceptWatch(),
        UNTIL_WATCHED,
        SILENCE,
        Duration.ofSeconds(seconds).plus(PATIENCE));
  }

  /** Queries the objects of one namespace, in parallel to the watch; notifies first the handler, then the asker. */
  ApiResponse ask(String namespace, NamespaceQuery.Asker asker) {
    NamespaceQuery query = new NamespaceQuery(api, eventLoop, this::found, asker);
    query.ask(resource.of(namespace), resource.acceptList());
    return query;
  }

  /** Reports the queried objects, unless the watch is past their version and has reported them already. */
  private void found(List<ApiObject> objects, String at) {
    if (compare(at, version) > 0) {
      objects.forEach(handler::exists);
    }
  }

  /** Compares versions, which are numbers: of texts of equal length, the larger text is the larger number. */
  private static int compare(String one, String other) {
    return one.length() == other.length()
        ? one.compareTo(other)
        : Integer.compare(one.length(), other.length());
  }

  void stop() {
    stopped = true;
    timer.cancel();
    if (answer != null) {
      answer.cancel();
    }
  }

  private void later(Runnable attempt, long pauseNs) {
    answer = null;
    if (!stopped) {
      timer = eventLoop.schedule(attempt, Duration.ofNanos(pauseNs));
    }
  }

  private void tryAgain(WatchProblem problem, Runnable attempt) {
    tryAgain(problem, attempt, null);
  }

  private void tryAgain(WatchProblem problem, Runnable attempt, Duration asked) {
    mayMiss = false;
    handler.problem(problem);
    later(attempt, backoff.askedDelayNanos(asked));
  }

  private final class PageAnswer extends ApiResponse {
    private final List<ApiObject> objects;
    private String next;
    private String listVersion = "";

    PageAnswer(List<ApiObject> soFar) {
      super(api, eventLoop, JsonPath.LIST);
      this.objects = soFar;
    }

    @Override
    public void listed(ApiObject object) {
      objects.add(object);
    }

    @Override
    public void listEnded(String token, String itsVersion) {
      next = token;
      listVersion = itsVersion;
    }

    @Override
    void complete() {
      if (next == null || listVersion.isEmpty()) {
        broken(WatchProblem.failed("the API server answers with something that is no list"));
      } else if (!next.isEmpty()) {
        page(resource.listNewest(PAGE, next), objects);
      } else {
        version = listVersion;
        mayMiss = true;
        handler.listed(objects);
        watch();
      }
    }

    @Override
    void refused(ApiStatus status) {
      switch (status.code()) {
        // The token of the next page has expired, or the cache cannot provide objects that are not older than our
        // version.
        case 410 -> later(Reflector.this::listNewest, backoff.delayAfterEndNanos());
        case 400, 422, 504 -> again(status, Reflector.this::listNewest);
        default -> again(status, Reflector.this::list);
      }
    }

    private void again(ApiStatus status, Runnable attempt) {
      tryAgain(WatchProblem.ofStatus(resource, status), attempt, status.retryAfter());
    }

    @Override
    void broken(WatchProblem problem) {
      tryAgain(problem, Reflector.this::list);
    }

    @Override
    void silent() {
      api.reconnect();
      broken(WatchProblem.unreachable("the API server has begun a list and gone silent"));
    }
  }

  private final class WatchAnswer extends ApiResponse {
    private final long startNs = eventLoop.nanoTime();
    private boolean heard;

    WatchAnswer() {
      super(api, eventLoop, JsonPath.EVENT);
    }

    @Override
    public void event(String type, ApiObject object) {
      if (!object.version().isEmpty()) {
        if (compare(object.version(), version) < 0) {
          wentBack();
          return;
        }
        version = object.version();
      }
      switch (type) {
        case "ADDED", "MODIFIED" -> handler.exists(object);
        case "DELETED" -> handler.gone(object);
        default -> {
          // A bookmark: only a version to continue from.
        }
      }
      if (!heard) {
        heard = true;
        mayMiss = true;
        wasGone = false;
        handler.connected();
      }
    }

    @Override
    void complete() {
      ended(WatchProblem.unreachable("the API server ends each watch before anything is heard"));
    }

    @Override
    void refused(ApiStatus status) {
      switch (status.code()) {
        case 410 -> gone();
        case 400, 404 -> again(status, Reflector.this::list);
        default -> again(status, Reflector.this::watch);
      }
    }

    private void gone() {
      handler.behind();
      if (wasGone) {
        later(Reflector.this::listNewest, backoff.nextDelayNanos());
      } else {
        wasGone = true;
        later(Reflector.this::list, 0);
      }
    }

    /** The API server's data was replaced by older data: the known objects and versions belong to another history. */
    private void wentBack() {
      cancel();
      handler.behind();
      later(Reflector.this::listNewest, backoff.nextDelayNanos());
    }

    private void again(ApiStatus status, Runnable attempt) {
      tryAgain(WatchProblem.ofStatus(resource, status), attempt, status.retryAfter());
    }

    @Override
    void broken(WatchProblem problem) {
      if (problem.kind() == WatchProblem.Kind.FAILED) {
        tryAgain(problem, Reflector.this::list);
      } else if (heard || problem.kind() == WatchProblem.Kind.UNREACHABLE) {
        ended(problem);
      } else {
        tryAgain(problem, Reflector.this::watch);
      }
    }

    /** Handles an end that every watch may have; a problem if it happens repeatedly. */
    private void ended(WatchProblem problem) {
      if (heard && eventLoop.nanoTime() - startNs >= HEALTHY.toNanos()) {
        backoff.reset();
      }
      if (heard || mayMiss) {
        mayMiss = heard;
        later(Reflector.this::watch, backoff.delayAfterEndNanos());
      } else {
        tryAgain(problem, Reflector.this::watch);
      }
    }

    @Override
    void silent() {
      api.reconnect();
      if (isAccepted()) {
        mayMiss = false;
        handler.behind();
        later(heard ? Reflector.this::watch : Reflector.this::list, 0);
      } else {
        tryAgain(WatchProblem.unreachable("the API server does not answer"), Reflector.this::watch);
      }
    }
  }
}
