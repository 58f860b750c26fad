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
 *       minute: a watch that is silent for {@link #WATCH_IDLE_TIMEOUT} is dead and is started again on a new
 *       connection. But an API server that has seen no change since its start sends no bookmarks: if nothing at all
 *       arrives, a list on a new connection shows whether the server still responds.
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
  static final int PAGE_SIZE = 50;

  /** Duration of a watch before the API server ends it, plus up to a quarter. */
  static final int WATCH_SECONDS = 240;

  /** Timeout of a list without data. */
  static final Duration LIST_TIMEOUT = Duration.ofSeconds(60);

  /** Timeout of a watch without data. */
  static final Duration WATCH_IDLE_TIMEOUT = Duration.ofSeconds(90);

  /**
   * 1 s, 2 s and then 4 s, each extended by up to one half. Pauses stay short: a shoot that is created while the API
   * server recovers is known only when the next attempt succeeds.
   */
  static final Backoff.Growth RETRY_PAUSES =
      new Backoff.Growth(
          Duration.ofSeconds(1), 2, Duration.ofSeconds(4), 0.5, Duration.ofNanos(Long.MAX_VALUE));

  private static final Duration WATCH_RESPONSE_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration LIST_DEADLINE = Duration.ofMinutes(10);

  /** A watch that received data and lasted this long counts as a success. */
  private static final Duration HEALTHY_AFTER = Duration.ofSeconds(1);

  private final ResourceKind resource;
  private final ApiClient api;
  private final EventLoop eventLoop;
  private final ObjectHandler handler;
  private final DoubleSupplier random;
  private final Backoff backoff;

  private ApiResponse response;
  private EventLoop.Timer timer = () -> {};
  private boolean stopped;
  private String version = "";

  /** Whether the next watch may fail once without being a problem: no attempt has failed since the last success. */
  private boolean mayFailOnce;

  /** Whether the version was gone (410), and no event has arrived since. */
  private boolean wasExpired;

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
    this.backoff = new Backoff(RETRY_PAUSES, eventLoop::nanoTime, random);
  }

  /** Lists the objects, and then watches them. */
  void list() {
    requestPage(resource.cachedListPath(version, PAGE_SIZE), new ArrayList<>());
  }

  private void listNewest() {
    requestPage(resource.newestListPath(PAGE_SIZE, ""), new ArrayList<>());
  }

  private void requestPage(String path, List<ApiObject> earlierPages) {
    response = new ListResponse(earlierPages);
    response.send(path, resource.acceptList(), LIST_TIMEOUT, LIST_TIMEOUT, LIST_DEADLINE);
  }

  private void watch() {
    int seconds = WATCH_SECONDS + (int) (random.getAsDouble() * WATCH_SECONDS / 4);
    response = new WatchResponse();
    response.send(
        resource.watchPath(version, seconds),
        resource.acceptWatch(),
        WATCH_RESPONSE_TIMEOUT,
        WATCH_IDLE_TIMEOUT,
        Duration.ofSeconds(seconds).plus(LIST_TIMEOUT));
  }

  /** Queries the objects of one namespace, in parallel to the watch; notifies first the handler, then the listener. */
  ApiResponse query(String namespace, NamespaceQuery.Listener listener) {
    NamespaceQuery query = new NamespaceQuery(api, eventLoop, this::report, listener);
    query.send(resource.namespaceListPath(namespace), resource.acceptList());
    return query;
  }

  /** Reports the queried objects, unless the watch is past their version and has reported them already. */
  private void report(List<ApiObject> objects, String listedAt) {
    if (compareVersions(listedAt, version) > 0) {
      objects.forEach(handler::updated);
    }
  }

  /** Compares versions, which are numbers: of texts of equal length, the larger text is the larger number. */
  private static int compareVersions(String one, String other) {
    return one.length() == other.length()
        ? one.compareTo(other)
        : Integer.compare(one.length(), other.length());
  }

  void stop() {
    stopped = true;
    timer.cancel();
    if (response != null) {
      response.cancel();
    }
  }

  private void schedule(Runnable attempt, long pauseNs) {
    response = null;
    if (!stopped) {
      handler.watchOpen(false);
      timer = eventLoop.schedule(attempt, Duration.ofNanos(pauseNs));
    }
  }

  private void retry(WatchProblem problem, Runnable attempt) {
    retry(problem, attempt, null);
  }

  private void retry(WatchProblem problem, Runnable attempt, Duration requestedPause) {
    mayFailOnce = false;
    handler.failed(problem);
    schedule(attempt, backoff.requestedDelayNanos(requestedPause));
  }

  private final class ListResponse extends ApiResponse {
    private final List<ApiObject> objects;
    private String nextPage;
    private String listVersion = "";

    ListResponse(List<ApiObject> earlierPages) {
      super(api, eventLoop, JsonPath.LIST);
      this.objects = earlierPages;
    }

    @Override
    public void listed(ApiObject object) {
      objects.add(object);
    }

    @Override
    public void listEnded(String continueToken, String resourceVersion) {
      nextPage = continueToken;
      listVersion = resourceVersion;
    }

    @Override
    void completed() {
      if (nextPage == null || listVersion.isEmpty()) {
        broken(WatchProblem.failed("the API server answers with something that is no list"));
      } else if (!nextPage.isEmpty()) {
        requestPage(resource.newestListPath(PAGE_SIZE, nextPage), objects);
      } else {
        version = listVersion;
        mayFailOnce = true;
        handler.listed(objects);
        watch();
      }
    }

    @Override
    void rejected(ApiStatus status) {
      switch (status.code()) {
        // The token of the next page has expired, or the cache cannot provide objects that are not older than our
        // version.
        case 410 -> schedule(Reflector.this::listNewest, backoff.delayAfterEndNanos());
        case 400, 422, 504 -> retryAfterStatus(status, Reflector.this::listNewest);
        default -> retryAfterStatus(status, Reflector.this::list);
      }
    }

    private void retryAfterStatus(ApiStatus status, Runnable attempt) {
      retry(WatchProblem.ofStatus(resource, status), attempt, status.retryAfter());
    }

    @Override
    void broken(WatchProblem problem) {
      retry(problem, Reflector.this::list);
    }

    @Override
    void timedOut() {
      api.renewConnections();
      broken(WatchProblem.unreachable("the API server has begun a list and gone silent"));
    }
  }

  private final class WatchResponse extends ApiResponse {
    private final long startNs = eventLoop.nanoTime();
    private boolean received;

    WatchResponse() {
      super(api, eventLoop, JsonPath.EVENT);
    }

    @Override
    void accepted() {
      handler.watchOpen(true);
    }

    @Override
    public void event(String type, ApiObject object) {
      if (!object.version().isEmpty()) {
        if (compareVersions(object.version(), version) < 0) {
          versionDecreased();
          return;
        }
        version = object.version();
      }
      switch (type) {
        case "ADDED", "MODIFIED" -> handler.updated(object);
        case "DELETED" -> handler.deleted(object);
        default -> {
          // A bookmark: only a version to continue from.
        }
      }
      handler.heard(eventLoop.nanoTime());
      if (!received) {
        received = true;
        mayFailOnce = true;
        wasExpired = false;
        handler.connected();
      }
    }

    @Override
    void completed() {
      ended(WatchProblem.unreachable("the API server ends each watch before anything is received"));
    }

    @Override
    void rejected(ApiStatus status) {
      switch (status.code()) {
        case 410 -> expired();
        case 400, 404 -> retryAfterStatus(status, Reflector.this::list);
        default -> retryAfterStatus(status, Reflector.this::watch);
      }
    }

    private void expired() {
      handler.stale();
      if (wasExpired) {
        schedule(Reflector.this::listNewest, backoff.nextDelayNanos());
      } else {
        wasExpired = true;
        schedule(Reflector.this::list, 0);
      }
    }

    /** The API server's data was replaced by older data: the known objects and versions belong to another history. */
    private void versionDecreased() {
      cancel();
      handler.stale();
      schedule(Reflector.this::listNewest, backoff.nextDelayNanos());
    }

    private void retryAfterStatus(ApiStatus status, Runnable attempt) {
      retry(WatchProblem.ofStatus(resource, status), attempt, status.retryAfter());
    }

    @Override
    void broken(WatchProblem problem) {
      if (problem.kind() == WatchProblem.Kind.FAILED) {
        retry(problem, Reflector.this::list);
      } else if (received || problem.kind() == WatchProblem.Kind.UNREACHABLE) {
        ended(problem);
      } else {
        retry(problem, Reflector.this::watch);
      }
    }

    /** Handles an end that every watch may have; a problem if it happens repeatedly. */
    private void ended(WatchProblem problem) {
      if (received && eventLoop.nanoTime() - startNs >= HEALTHY_AFTER.toNanos()) {
        backoff.reset();
      }
      if (received || mayFailOnce) {
        mayFailOnce = received;
        schedule(Reflector.this::watch, backoff.delayAfterEndNanos());
      } else {
        retry(problem, Reflector.this::watch);
      }
    }

    @Override
    void timedOut() {
      api.renewConnections();
      if (isAccepted()) {
        mayFailOnce = false;
        handler.stale();
        schedule(received ? Reflector.this::watch : Reflector.this::list, 0);
      } else {
        retry(WatchProblem.unreachable("the API server does not answer"), Reflector.this::watch);
      }
    }
  }
}
