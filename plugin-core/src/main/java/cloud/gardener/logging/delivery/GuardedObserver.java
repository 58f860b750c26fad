package cloud.gardener.logging.delivery;

import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;

/**
 * An observer that never throws: a failing metric, or a dead letter that cannot be written, must not stop a
 * target. An exception of any method is reported to the wrapped observer's {@link #onDefect}, once.
 */
final class GuardedObserver implements ExportObserver {
  private final ExportObserver observer;

  GuardedObserver(ExportObserver observer) {
    this.observer = observer;
  }

  @Override
  public void onThrottled(int records) {
    guard(() -> observer.onThrottled(records));
  }

  @Override
  public void onSend(int records) {
    guard(() -> observer.onSend(records));
  }

  @Override
  public void onResult(int records, ExportResult result, long durationNs) {
    guard(() -> observer.onResult(records, result, durationNs));
  }

  @Override
  public void onRefused(ExportRequest request, ExportResult.Failure refusal) {
    guard(() -> observer.onRefused(request, refusal));
  }

  @Override
  public void onOutage(ExportResult.Failure failure) {
    guard(() -> observer.onOutage(failure));
  }

  @Override
  public void onRecovered() {
    guard(observer::onRecovered);
  }

  @Override
  public void onDefect(Throwable defect) {
    try {
      observer.onDefect(defect);
    } catch (RuntimeException | Error e) {
      // For example, no memory for a log line: nobody is left to report to.
    }
  }

  private void guard(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      onDefect(e);
    }
  }
}
