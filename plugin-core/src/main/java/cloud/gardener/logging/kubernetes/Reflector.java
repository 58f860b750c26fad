package cloud.gardener.logging.kubernetes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Keeps a {@link Mirror} up to date: lists the objects in pages, then watches from there, for ever.
 *
 * <ul>
 *   <li>A watch that ends, or breaks, is begun again from the last version seen; a restart of the API
 *       server costs no list. It is a problem when the second attempt gets no answer: the first may
 *       have gone to a connection that broke together with the watch's.
 *   <li>410 Gone, 404, what is no JSON, and a watch in which nothing is heard for longer than it may last:
 *       all objects are listed again.
 *   <li>Whatever fails is tried again after a pause.
 * </ul>
 *
 * <p>On the control thread only.
 */
final class Reflector {
  /** Objects a page. The API server holds a page in memory; we do not. */
  static final int PAGE = 50;

  /** How long a watch lasts before the API server ends it: so long, and up to a quarter more. */
  static final int WATCH_SECONDS = 240;

  /** How long an answer may be silent: a page, and a watch beyond its end. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A watch that lasted so long was no failure. */
  private static final Duration HEALTHY = Duration.ofSeconds(10);

  private final Resource resource;
  private final Api api;
  private final Control control;
  private final Mirror mirror;
  private final DoubleSupplier random;
  private final Pauses pauses;

  private Answer answer;
  private Control.Timer timer = () -> {};
  private boolean stopped;
  private String version = "";

  /** Whether the API server has answered and no attempt has failed since. */
  private boolean mayMiss;

  /**
   * A reflector that does nothing before {@link #list}.
   *
   * @param random from 0 to 1, so that not all nodes of a seed do the same at once
   */
  Reflector(Resource resource, Api api, Control control, Mirror mirror, DoubleSupplier random) {
    this.resource = resource;
    this.api = api;
    this.control = control;
    this.mirror = mirror;
    this.random = random;
    this.pauses = new Pauses(random);
  }

  /** Lists the objects, and goes on from there. */
  void list() {
    page("", new ArrayList<>());
  }

  void stop() {
    stopped = true;
    timer.cancel();
    if (answer != null) {
      answer.cancel();
    }
  }

  private void page(String next, List<ApiObject> soFar) {
    answer = new PageAnswer(soFar);
    answer.ask(resource.list(PAGE, next), resource.acceptList(), PATIENCE);
  }

  private void watch() {
    int seconds = WATCH_SECONDS + (int) (random.getAsDouble() * WATCH_SECONDS / 4);
    answer = new WatchAnswer();
    answer.ask(
        resource.watch(version, seconds),
        resource.acceptWatch(),
        Duration.ofSeconds(seconds).plus(PATIENCE));
  }

  private void later(Runnable attempt, Duration pause) {
    answer = null;
    if (!stopped) {
      timer = control.schedule(attempt, pause);
    }
  }

  private void tryAgain(Problem problem, Runnable attempt) {
    mayMiss = false;
    mirror.problem(problem);
    later(attempt, pauses.next());
  }

  private final class PageAnswer extends Answer {
    private final List<ApiObject> objects;
    private String next;

    PageAnswer(List<ApiObject> soFar) {
      super(api, control, Place.LIST);
      this.objects = soFar;
    }

    @Override
    public void listed(ApiObject object) {
      objects.add(object);
    }

    @Override
    public void listEnded(String token, String listVersion) {
      next = token;
      version = listVersion;
    }

    @Override
    void complete() {
      if (next == null || version.isEmpty()) {
        broken(Problem.failed("the API server answers with something that is no list"));
      } else if (!next.isEmpty()) {
        page(next, objects);
      } else {
        mayMiss = true;
        mirror.connected();
        mirror.listed(objects);
        watch();
      }
    }

    @Override
    void refused(ApiStatus status) {
      if (status.code() == 410) {
        // The token of the next page is too old.
        later(Reflector.this::list, pauses.nextAfterEnd());
      } else {
        tryAgain(Problem.ofStatus(resource, status), Reflector.this::list);
      }
    }

    @Override
    void broken(Problem problem) {
      tryAgain(problem, Reflector.this::list);
    }

    @Override
    void silent() {
      broken(Problem.unreachable("the API server has begun a list and gone silent"));
    }
  }

  private final class WatchAnswer extends Answer {
    private final long startNs = control.nanoTime();
    private boolean accepted;

    WatchAnswer() {
      super(api, control, Place.EVENT);
    }

    @Override
    void accepted() {
      accepted = true;
      mayMiss = true;
      mirror.connected();
    }

    @Override
    public void event(String type, ApiObject object) {
      pauses.reset();
      if (!object.version().isEmpty()) {
        version = object.version();
      }
      switch (type) {
        case "ADDED", "MODIFIED" -> mirror.exists(object);
        case "DELETED" -> mirror.gone(object);
        default -> {
          // A bookmark: a version to go on from.
        }
      }
    }

    @Override
    void complete() {
      healthy();
      later(Reflector.this::watch, pauses.nextAfterEnd());
    }

    @Override
    void refused(ApiStatus status) {
      switch (status.code()) {
        case 410 -> later(Reflector.this::list, pauses.nextAfterEnd());
        case 400, 404 -> tryAgain(Problem.ofStatus(resource, status), Reflector.this::list);
        default -> tryAgain(Problem.ofStatus(resource, status), Reflector.this::watch);
      }
    }

    @Override
    void broken(Problem problem) {
      healthy();
      if (accepted && problem.kind() != Problem.Kind.FAILED) {
        later(Reflector.this::watch, pauses.nextAfterEnd());
      } else if (accepted) {
        tryAgain(problem, Reflector.this::list);
      } else if (mayMiss && problem.kind() == Problem.Kind.UNREACHABLE) {
        mayMiss = false;
        later(Reflector.this::watch, pauses.next());
      } else {
        tryAgain(problem, Reflector.this::watch);
      }
    }

    @Override
    void silent() {
      later(Reflector.this::list, pauses.nextAfterEnd());
    }

    private void healthy() {
      if (accepted && control.nanoTime() - startNs >= HEALTHY.toNanos()) {
        pauses.reset();
      }
    }
  }
}
