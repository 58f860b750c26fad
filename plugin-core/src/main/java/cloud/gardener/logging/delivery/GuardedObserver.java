package cloud.gardener.logging.delivery;

import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;

/**
 * An observer that throws nothing: a metric that fails, or a dead letter that cannot be written, must
 * not stop a target. What another one throws is told to it, once.
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
      // Such as no memory for a line: there is nobody left to tell.
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
