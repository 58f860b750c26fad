package cloud.gardener.logging.kubernetes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** A single query for the API server's objects of one namespace. Only used on the event loop. */
final class NamespaceQuery extends ApiResponse {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Receives the result. */
  interface Asker {
    /** The API server has responded, and its objects were reported. */
    void answered();

    /** The API server rejects the query: nothing is known of the namespace. */
    void refused();

    /**
     * The attempt failed.
     *
     * @param retryAfter when to retry, or null
     */
    void failed(Duration retryAfter);
  }

  private final BiConsumer<List<ApiObject>, String> found;
  private final Asker asker;
  private final List<ApiObject> objects = new ArrayList<>();
  private String version = "";

  /**
   * Creates a query.
   *
   * @param found receives the objects, and the version at which the API server listed them
   */
  NamespaceQuery(
      ApiClient api, EventLoop eventLoop, BiConsumer<List<ApiObject>, String> found, Asker asker) {
    super(api, eventLoop, JsonPath.LIST);
    this.found = found;
    this.asker = asker;
  }

  /** Sends the query. */
  void ask(String path, String accept) {
    ask(path, accept, PATIENCE, PATIENCE, PATIENCE.multipliedBy(2));
  }

  @Override
  public void listed(ApiObject object) {
    objects.add(object);
  }

  @Override
  public void listEnded(String next, String itsVersion) {
    version = itsVersion;
  }

  @Override
  void complete() {
    if (version.isEmpty()) {
      asker.failed(null);
      return;
    }
    found.accept(objects, version);
    asker.answered();
  }

  @Override
  void refused(ApiStatus status) {
    switch (status.code()) {
      // A 404 is not final: such objects are not served now, but may be a moment later.
      case 400, 403, 404, 405, 422 -> asker.refused();
      default -> asker.failed(status.retryAfter());
    }
  }

  @Override
  void broken(WatchProblem problem) {
    asker.failed(null);
  }

  @Override
  void silent() {
    asker.failed(null);
  }
}
