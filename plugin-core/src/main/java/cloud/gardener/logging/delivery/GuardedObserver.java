package cloud.gardener.logging.delivery;

import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;

/**
 * An observer that never throws: a failing metric, or a dead letter that cannot be written, must not stop a
 * target. An exception of any method is reported to the wrapped observer's {@link #broken}, once.
 */
final class GuardedObserver implements ExportObserver {
  private final ExportObserver observer;

  GuardedObserver(ExportObserver observer) {
    this.observer = observer;
  }

  @Override
  public void throttled(int records) {
    guarded(() -> observer.throttled(records));
  }

  @Override
  public void sent(int records) {
    guarded(() -> observer.sent(records));
  }

  @Override
  public void answered(int records, ExportResult result, long durationNs) {
    guarded(() -> observer.answered(records, result, durationNs));
  }

  @Override
  public void refused(ExportRequest request, ExportResult.Failure why) {
    guarded(() -> observer.refused(request, why));
  }

  @Override
  public void failing(ExportResult.Failure failure) {
    guarded(() -> observer.failing(failure));
  }

  @Override
  public void recovered() {
    guarded(observer::recovered);
  }

  @Override
  public void broken(Throwable defect) {
    try {
      observer.broken(defect);
    } catch (RuntimeException | Error e) {
      // For example, no memory for a log line: nobody is left to report to.
    }
  }

  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      broken(e);
    }
  }
}
