package cloud.gardener.logging.export;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What whoever asked hears of one export: that it is written, and once, after the metrics, its end.
 *
 * <p>An export always ends: whatever fails while its result is found, even for want of memory, becomes
 * a retry, and none of those who hear of it can keep the others from hearing.
 *
 * <p>Thread-safe.
 */
public final class ExportEnd {
  private static final Logger LOG = Logger.getLogger(ExportEnd.class.getName());

  /** Made beforehand: there may be no memory for it when it is needed. */
  private static final ExportResult UNKNOWN =
      ExportResult.Retry.soon("the answer could not be understood, which is a defect: see the log");

  private final String serverAddress;
  private final ExportRequest request;
  private final Secrets secrets;
  private final ExportListener listener;
  private final Runnable written;
  private final Consumer<ExportResult> done;
  private final long startNanos = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();

  /** The export starts now. */
  public ExportEnd(
      String serverAddress,
      ExportRequest request,
      Secrets secrets,
      ExportListener listener,
      Runnable written,
      Consumer<ExportResult> done) {
    this.serverAddress = serverAddress;
    this.request = request;
    this.secrets = secrets;
    this.listener = listener;
    this.written = written;
    this.done = done;
  }

  /** Whether the caller is the one who ends it: true once, and then {@link #report} must follow. */
  public boolean claim() {
    return ended.compareAndSet(false, true);
  }

  /** Whether somebody has claimed it. */
  public boolean isClaimed() {
    return ended.get();
  }

  /** The whole request is out: to be said once. Throws nothing, as {@link #report}. */
  public void written() {
    if (isClaimed()) {
      return;
    }
    try {
      written.run();
    } catch (RuntimeException | Error e) {
      broken("the handling of a written export", e);
    }
  }

  /** The request cannot be made, or nobody knows what became of it. */
  public void failed(Throwable failure) {
    if (claim()) {
      report(
          () -> ExportResult.Retry.soon("the request cannot be made: " + failure),
          "UNAVAILABLE",
          0);
    }
  }

  /**
   * Tells of it. Throws nothing: that would take the connection and the calls of others with it.
   *
   * @param outcome finds the result; may throw
   */
  public void report(Supplier<ExportResult> outcome, String statusCode, long responseBytes) {
    ExportResult result = UNKNOWN;
    try {
      result = secrets.redact(outcome.get());
    } catch (RuntimeException | Error e) {
      broken("the reading of an answer", e);
    }
    try {
      listener.onCallEnd(
          serverAddress,
          statusCode,
          System.nanoTime() - startNanos,
          request.bytes(),
          responseBytes);
    } catch (RuntimeException | Error e) {
      broken("the metrics of an export", e);
    }
    try {
      done.accept(result);
    } catch (RuntimeException | Error e) {
      broken("the handling of an export's result", e);
    }
  }

  /** One line without secrets: an exception may quote a header or a body. */
  private void broken(String what, Throwable defect) {
    try {
      StackTraceElement[] trace = defect.getStackTrace();
      String where = trace.length == 0 ? "" : " at " + trace[0];
      LOG.log(
          Level.SEVERE,
          () -> what + " failed, a defect: " + secrets.redact(defect.toString()) + where);
    } catch (RuntimeException | Error e) {
      // No memory for a line: the export must end all the same.
    }
  }
}
