package cloud.gardener.logging.delivery;

import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;

/** What a worker tells about its exports. Called from the worker's steps, one at a time. */
public interface ExportObserver {
  /** The rate limit holds a request back. */
  void throttled(int records);

  /** A request is on its way. */
  void sent(int records);

  /** A request was answered, {@code durationNs} after it was sent. */
  void answered(int records, ExportResult result, long durationNs);

  /** The backend will never take what is in {@code request}: it is given up. */
  void refused(ExportRequest request, ExportResult.Failure why);

  /**
   * Nothing is delivered from now on, and the records wait. Said once until it recovers, and again when
   * it gets worse: a retry, then a payload that is refused and may be at fault, then a destination that
   * refuses.
   */
  void failing(ExportResult.Failure failure);

  /** The backend answers again. */
  void recovered();

  /** A step failed in a way that it must not. The worker goes on after a pause. */
  void broken(Throwable defect);
}
