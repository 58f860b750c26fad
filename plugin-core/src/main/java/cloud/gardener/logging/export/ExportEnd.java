package cloud.gardener.logging.export;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What whoever asked hears of one export: that it is written, and once, after the metrics, its end.
 * Thread-safe.
 */
final class ExportEnd {
  private static final Logger LOG = Logger.getLogger(ExportEnd.class.getName());

  private final String serverAddress;
  private final ExportRequest request;
  private final Secrets secrets;
  private final ExportListener listener;
  private final Runnable written;
  private final Consumer<ExportResult> done;
  private final long startNanos = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();

  /** The export starts now. */
  ExportEnd(
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
  boolean claim() {
    return ended.compareAndSet(false, true);
  }

  /** Whether somebody has claimed it. */
  boolean isClaimed() {
    return ended.get();
  }

  /** The whole request is out: to be said once. Throws nothing, as {@link #report}. */
  void written() {
    if (isClaimed()) {
      return;
    }
    try {
      written.run();
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "the handling of a written export failed", e);
    }
  }

  /** Tells of it. Throws nothing: that would take the connection and the calls of others with it. */
  void report(ExportResult result, String statusCode, long responseBytes) {
    try {
      listener.onCallEnd(
          serverAddress,
          statusCode,
          System.nanoTime() - startNanos,
          request.bytes(),
          responseBytes);
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "metrics of an export failed", e);
    }
    try {
      done.accept(secrets.redact(result));
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "the handling of an export's result failed", e);
    }
  }
}
