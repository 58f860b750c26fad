package cloud.gardener.logging.kubernetes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One response of the API server: reads its documents and ends in exactly one of {@link #completed}, {@link #rejected},
 * {@link #broken} and {@link #timedOut}, or in {@link #cancel}.
 *
 * <p>Only used on the event loop.
 */
abstract class ApiResponse implements ApiClient.ResponseListener, ObjectReader.Listener {
  private static final Logger LOG = Logger.getLogger(ApiResponse.class.getName());
  private static final int OK = 200;

  private final ApiClient api;
  private final EventLoop eventLoop;
  private final JsonPath root;

  private ApiClient.Call call;
  private EventLoop.Timer timer;
  private ObjectReader reader;
  private int code;
  private ApiStatus rejection;
  private Duration timeout;
  private Duration idleTimeout;
  private long lastDataNs;
  private boolean finished;

  /**
   * Creates a response.
   *
   * @param root root of its documents
   */
  ApiResponse(ApiClient api, EventLoop eventLoop, JsonPath root) {
    this.api = api;
    this.eventLoop = eventLoop;
    this.root = root;
  }

  /**
   * Sends the request.
   *
   * @param responseTimeout timeout until the API server responds
   * @param idleTimeout timeout without any data after that
   * @param deadline timeout of the whole response
   */
  final void send(
      String path, String accept, Duration responseTimeout, Duration idleTimeout, Duration deadline) {
    timeout = responseTimeout;
    this.idleTimeout = idleTimeout;
    lastDataNs = eventLoop.nanoTime();
    timer = eventLoop.schedule(this::checkTimeout, timeout);
    call = api.get(path, accept, deadline, this);
  }

  /** Whether the API server accepted the request. */
  final boolean isAccepted() {
    return code == OK;
  }

  /** Checks whether data arrived meanwhile; otherwise ends the response as timed out. */
  private void checkTimeout() {
    long leftNs = lastDataNs + timeout.toNanos() - eventLoop.nanoTime();
    if (finished) {
      return;
    }
    if (leftNs > 0) {
      timer = eventLoop.schedule(this::checkTimeout, Duration.ofNanos(leftNs));
    } else {
      cancel();
      timedOut();
    }
  }

  final void cancel() {
    if (finish()) {
      call.cancel();
    }
  }

  private boolean finish() {
    boolean isFirst = !finished;
    finished = true;
    timer.cancel();
    return isFirst;
  }

  @Override
  public final void responded(int status, String retryAfter) {
    lastDataNs = eventLoop.nanoTime();
    code = status;
    rejection = new ApiStatus(status, "", ApiStatus.retryAfter(retryAfter));
    reader = new ObjectReader(status == OK ? root : JsonPath.OBJECT, this);
    if (!finished) {
      timeout = idleTimeout;
      timer.cancel();
      timer = eventLoop.schedule(this::checkTimeout, timeout);
      if (code == OK) {
        runGuarded(this::accepted);
      }
    }
  }

  @Override
  public final void received(ByteBuffer bytes) {
    lastDataNs = eventLoop.nanoTime();
    runGuarded(() -> read(bytes));
  }

  private void read(ByteBuffer bytes) {
    try {
      if (!finished) {
        reader.feed(bytes);
      }
    } catch (IOException e) {
      // An error response need not be JSON; its status code is enough.
      if (code == OK && finish()) {
        call.cancel();
        broken(WatchProblem.failed("the API server answers with what cannot be read: " + firstLine(e)));
      }
    }
  }

  /** Returns the first line of the message: Jackson's messages have several. */
  private static String firstLine(IOException e) {
    return e.getMessage().lines().findFirst().orElse("");
  }

  @Override
  public final void ended() {
    if (finish()) {
      runGuarded(code == OK ? this::completed : () -> rejected(rejection));
    }
  }

  @Override
  public final void failed(WatchProblem problem) {
    if (finish()) {
      broken(problem);
    }
  }

  /** Runs a step. A bug or an out-of-memory error must not end all watches. */
  private void runGuarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.SEVERE, "a defect met an answer of the API server", e);
      cancel();
      broken(WatchProblem.failed("of a defect"));
    }
  }

  @Override
  public void listed(ApiObject object) {}

  @Override
  public void listEnded(String next, String version) {}

  @Override
  public void event(String type, ApiObject object) {}

  /** The Status of a rejected request, or of an accepted watch, where it arrives as an event. */
  @Override
  public final void status(ApiStatus status) {
    if (code == OK) {
      cancel();
      rejected(status);
    } else {
      Duration pause = rejection.retryAfter();
      rejection =
          new ApiStatus(code, status.message(), pause == null ? status.retryAfter() : pause);
    }
  }

  /** The API server accepts the request; the body follows. */
  void accepted() {}

  /** The response is complete. */
  abstract void completed();

  /** The API server rejected the request. */
  abstract void rejected(ApiStatus status);

  /** The response cannot be received or read. */
  abstract void broken(WatchProblem problem);

  /** No data arrived within the timeout. */
  abstract void timedOut();
}
