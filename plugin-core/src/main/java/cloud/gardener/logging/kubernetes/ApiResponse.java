package cloud.gardener.logging.kubernetes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One response of the API server: reads its documents and ends in exactly one of {@link #complete}, {@link #refused},
 * {@link #broken} and {@link #silent}, or in {@link #cancel}.
 *
 * <p>Only used on the event loop.
 */
abstract class ApiResponse implements ApiClient.Reply, ObjectReader.Sink {
  private static final Logger LOG = Logger.getLogger(ApiResponse.class.getName());
  private static final int OK = 200;

  private final ApiClient api;
  private final EventLoop eventLoop;
  private final JsonPath root;

  private ApiClient.Call call;
  private EventLoop.Timer timer;
  private ObjectReader reader;
  private int code;
  private ApiStatus refusal;
  private Duration patience;
  private Duration betweenParts;
  private long heardNs;
  private boolean over;

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
   * @param untilAnswered timeout until the API server responds
   * @param silence timeout without any data after that
   * @param limit deadline for the whole response
   */
  final void ask(
      String path, String accept, Duration untilAnswered, Duration silence, Duration limit) {
    patience = untilAnswered;
    betweenParts = silence;
    heardNs = eventLoop.nanoTime();
    timer = eventLoop.schedule(this::listen, patience);
    call = api.get(path, accept, limit, this);
  }

  /** Whether the API server accepted the request. */
  final boolean isAccepted() {
    return code == OK;
  }

  /** Checks whether data arrived meanwhile; otherwise ends the response as silent. */
  private void listen() {
    long leftNs = heardNs + patience.toNanos() - eventLoop.nanoTime();
    if (over) {
      return;
    }
    if (leftNs > 0) {
      timer = eventLoop.schedule(this::listen, Duration.ofNanos(leftNs));
    } else {
      cancel();
      silent();
    }
  }

  final void cancel() {
    if (finish()) {
      call.cancel();
    }
  }

  private boolean finish() {
    boolean wasOpen = !over;
    over = true;
    timer.cancel();
    return wasOpen;
  }

  @Override
  public final void answered(int status, String retryAfter) {
    heardNs = eventLoop.nanoTime();
    code = status;
    refusal = new ApiStatus(status, "", ApiStatus.retryAfter(retryAfter));
    reader = new ObjectReader(status == OK ? root : JsonPath.OBJECT, this);
    if (!over) {
      patience = betweenParts;
      timer.cancel();
      timer = eventLoop.schedule(this::listen, patience);
    }
  }

  @Override
  public final void part(ByteBuffer bytes) {
    heardNs = eventLoop.nanoTime();
    guard(() -> read(bytes));
  }

  private void read(ByteBuffer bytes) {
    try {
      if (!over) {
        reader.feed(bytes);
      }
    } catch (IOException e) {
      // An error response need not be JSON; its status code is enough.
      if (code == OK && finish()) {
        call.cancel();
        broken(WatchProblem.failed("the API server answers with what cannot be read: " + place(e)));
      }
    }
  }

  /** Returns the first line of the message: Jackson's messages have several. */
  private static String place(IOException e) {
    return e.getMessage().lines().findFirst().orElse("");
  }

  @Override
  public final void ended() {
    if (finish()) {
      guard(code == OK ? this::complete : () -> refused(refusal));
    }
  }

  @Override
  public final void failed(WatchProblem problem) {
    if (finish()) {
      broken(problem);
    }
  }

  /** Runs a step. A bug or an out-of-memory error must not end all watches. */
  private void guard(Runnable step) {
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
      refused(status);
    } else {
      Duration asked = refusal.retryAfter();
      refusal =
          new ApiStatus(code, status.message(), asked == null ? status.retryAfter() : asked);
    }
  }

  /** The response is complete. */
  abstract void complete();

  /** The API server rejected the request. */
  abstract void refused(ApiStatus status);

  /** The response cannot be received or read. */
  abstract void broken(WatchProblem problem);

  /** No data arrived within the timeout. */
  abstract void silent();
}
