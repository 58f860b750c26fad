package cloud.gardener.logging.kubernetes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** A single query for the API server's objects of one namespace. Only used on the event loop. */
final class NamespaceQuery extends ApiResponse {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Receives the result. */
  interface Listener {
    /** The API server has responded, and its objects were reported. */
    void completed();

    /** The API server rejects the query: nothing is known of the namespace. */
    void rejected();

    /**
     * The attempt failed.
     *
     * @param retryAfter when to retry, or null
     */
    void failed(Duration retryAfter);
  }

  private final BiConsumer<List<ApiObject>, String> report;
  private final Listener listener;
  private final List<ApiObject> objects = new ArrayList<>();
  private String version = "";

  /**
   * Creates a query.
   *
   * @param report receives the objects, and the version at which the API server listed them
   */
  NamespaceQuery(
      ApiClient api, EventLoop eventLoop, BiConsumer<List<ApiObject>, String> report, Listener listener) {
    super(api, eventLoop, JsonPath.LIST);
    this.report = report;
    this.listener = listener;
  }

  /** Sends the query. */
  void send(String path, String accept) {
    send(path, accept, TIMEOUT, TIMEOUT, TIMEOUT.plus(TIMEOUT));
  }

  @Override
  public void listed(ApiObject object) {
    objects.add(object);
  }

  @Override
  public void listEnded(String continueToken, String resourceVersion) {
    version = resourceVersion;
  }

  @Override
  void completed() {
    if (version.isEmpty()) {
      listener.failed(null);
      return;
    }
    report.accept(objects, version);
    listener.completed();
  }

  @Override
  void rejected(ApiStatus status) {
    switch (status.code()) {
      // Not 404: such objects are not served now, but may be a moment later.
      case 400, 403, 405, 422 -> listener.rejected();
      default -> listener.failed(status.retryAfter());
    }
  }

  @Override
  void broken(WatchProblem problem) {
    listener.failed(null);
  }

  @Override
  void timedOut() {
    listener.failed(null);
  }
}
