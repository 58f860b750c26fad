package cloud.gardener.logging.kubernetes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** What the API server has of one namespace, asked once. On the control thread only. */
final class Question extends Answer {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Is told how it went. */
  interface Asker {
    /** The API server has answered, and what it has was told. */
    void answered();

    /** The API server does not answer that: it says nothing of the namespace. */
    void refused();

    /**
     * There was no answer this time.
     *
     * @param retryAfter when to ask again, or null
     */
    void failed(Duration retryAfter);
  }

  private final BiConsumer<List<ApiObject>, String> found;
  private final Asker asker;
  private final List<ApiObject> objects = new ArrayList<>();
  private String version = "";

  /**
   * A question.
   *
   * @param found is told of the objects, and of the version at which the API server has looked
   */
  Question(
      Api api, Control control, BiConsumer<List<ApiObject>, String> found, Asker asker) {
    super(api, control, Place.LIST);
    this.found = found;
    this.asker = asker;
  }

  /** Sends it. */
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
      // Of 404: such objects are not served now, and may be a moment later.
      case 400, 403, 404, 405, 422 -> asker.refused();
      default -> asker.failed(status.retryAfter());
    }
  }

  @Override
  void broken(Problem problem) {
    asker.failed(null);
  }

  @Override
  void silent() {
    asker.failed(null);
  }
}
