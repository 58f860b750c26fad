package cloud.gardener.logging.kubernetes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One answer of the API server: reads its documents and ends in exactly one of {@link #complete},
 * {@link #refused}, {@link #broken} and {@link #silent}, or in {@link #cancel}.
 *
 * <p>On the control thread only.
 */
abstract class Answer implements Api.Reply, ObjectReader.Sink {
  private static final Logger LOG = Logger.getLogger(Answer.class.getName());
  private static final int OK = 200;

  private final Api api;
  private final Control control;
  private final Place root;

  private Api.Call call;
  private Control.Timer timer;
  private ObjectReader reader;
  private int code;
  private ApiStatus refusal;
  private Duration patience;
  private Duration betweenParts;
  private long heardNs;
  private boolean over;

  /**
   * An answer.
   *
   * @param root of its documents
   */
  Answer(Api api, Control control, Place root) {
    this.api = api;
    this.control = control;
    this.root = root;
  }

  /**
   * Sends the request.
   *
   * @param untilAnswered how long the API server may take to answer
   * @param silence how long nothing may be heard afterwards
   * @param limit after it the answer is over in any case
   */
  final void ask(
      String path, String accept, Duration untilAnswered, Duration silence, Duration limit) {
    patience = untilAnswered;
    betweenParts = silence;
    heardNs = control.nanoTime();
    timer = control.schedule(this::listen, patience);
    call = api.get(path, accept, limit, this);
  }

  /** Whether the API server took the request. */
  final boolean isAccepted() {
    return code == OK;
  }

  /** Looks whether something was heard meanwhile. */
  private void listen() {
    long leftNs = heardNs + patience.toNanos() - control.nanoTime();
    if (over) {
      return;
    }
    if (leftNs > 0) {
      timer = control.schedule(this::listen, Duration.ofNanos(leftNs));
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
    heardNs = control.nanoTime();
    code = status;
    refusal = new ApiStatus(status, "", ApiStatus.retryAfter(retryAfter));
    reader = new ObjectReader(status == OK ? root : Place.OBJECT, this);
    if (!over) {
      patience = betweenParts;
      timer.cancel();
      timer = control.schedule(this::listen, patience);
    }
  }

  @Override
  public final void part(ByteBuffer bytes) {
    heardNs = control.nanoTime();
    guard(() -> read(bytes));
  }

  private void read(ByteBuffer bytes) {
    try {
      if (!over) {
        reader.feed(bytes);
      }
    } catch (IOException e) {
      // A refusal need not be JSON; its code says enough.
      if (code == OK && finish()) {
        call.cancel();
        broken(Problem.failed("the API server answers with what cannot be read: " + place(e)));
      }
    }
  }

  /** Jackson's messages have several lines. */
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
  public final void failed(Problem problem) {
    if (finish()) {
      broken(problem);
    }
  }

  /** A defect of ours, or no memory, must not be the end of all watching. */
  private void guard(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.SEVERE, "a defect met an answer of the API server", e);
      cancel();
      broken(Problem.failed("of a defect"));
    }
  }

  @Override
  public void listed(ApiObject object) {}

  @Override
  public void listEnded(String next, String version) {}

  @Override
  public void event(String type, ApiObject object) {}

  /** The Status of a refusal; in an accepted watch it is an event. */
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

  /** The answer has ended as it should. */
  abstract void complete();

  /** The API server says no. */
  abstract void refused(ApiStatus status);

  /** The answer cannot be had, or not read. */
  abstract void broken(Problem problem);

  /** Nothing was heard for too long. */
  abstract void silent();
}
