package cloud.gardener.logging.export;

import cloud.gardener.logging.config.value.HostPort;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reports one export to its caller: that it is written, and, once and after the metrics, its result.
 *
 * <p>An export always ends: a failure while its result is determined, even a lack of memory, becomes a retry. An
 * exception of one callback does not keep the others from being called.
 *
 * <p>Thread-safe.
 */
public final class ExportEnd {
  private static final Logger LOG = Logger.getLogger(ExportEnd.class.getName());

  /** Allocated in advance: there may be no memory when it is needed. */
  private static final ExportResult UNKNOWN =
      ExportResult.Retry.withBackoff("the answer could not be understood, which is a defect: see the log");

  private final HostPort server;
  private final String method;
  private final ExportRequest request;
  private final Secrets secrets;
  private final ExportListener listener;
  private final Runnable written;
  private final Consumer<ExportResult> done;
  private final long startNanos = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();

  /** Starts the measurement of the export's duration. */
  public ExportEnd(
      HostPort server,
      String method,
      ExportRequest request,
      Secrets secrets,
      ExportListener listener,
      Runnable written,
      Consumer<ExportResult> done) {
    this.server = server;
    this.method = method;
    this.request = request;
    this.secrets = secrets;
    this.listener = listener;
    this.written = written;
    this.done = done;
  }

  /** Claims the end of the export: true for the first caller, which must then call {@link #report}. */
  public boolean claim() {
    return ended.compareAndSet(false, true);
  }

  /** Whether the end was claimed. */
  public boolean isClaimed() {
    return ended.get();
  }

  /** The whole request is written. Call it at most once. Throws nothing, as {@link #report}. */
  public void written() {
    if (isClaimed()) {
      return;
    }
    try {
      written.run();
    } catch (RuntimeException | Error e) {
      logDefect("the handling of a written export", e);
    }
  }

  /** The request cannot be made, or its outcome is unknown. */
  public void failed(Throwable failure) {
    if (claim()) {
      report(
          () -> ExportResult.Retry.withBackoff("the request cannot be made: " + failure),
          "UNAVAILABLE",
          0);
    }
  }

  /**
   * Reports the result. Throws nothing: an exception would close the connection and end the calls of others.
   *
   * @param outcome determines the result; may throw
   */
  public void report(Supplier<ExportResult> outcome, String statusCode, long responseBytes) {
    ExportResult result = UNKNOWN;
    try {
      result = secrets.redact(outcome.get());
    } catch (RuntimeException | Error e) {
      logDefect("the reading of an answer", e);
    }
    try {
      listener.onCallEnd(
          server,
          method,
          statusCode,
          System.nanoTime() - startNanos,
          request.bytes(),
          responseBytes);
    } catch (RuntimeException | Error e) {
      logDefect("the metrics of an export", e);
    }
    try {
      done.accept(result);
    } catch (RuntimeException | Error e) {
      logDefect("the handling of an export's result", e);
    }
  }

  /** Logs one line without secrets: an exception may quote a header or a body. */
  private void logDefect(String operation, Throwable defect) {
    try {
      StackTraceElement[] trace = defect.getStackTrace();
      String location = trace.length == 0 ? "" : " at " + trace[0];
      LOG.log(
          Level.SEVERE,
          () -> operation + " failed, a defect: " + secrets.redact(defect.toString()) + location);
    } catch (RuntimeException | Error e) {
      // No memory for a log line: the export must end nevertheless.
    }
  }
}
