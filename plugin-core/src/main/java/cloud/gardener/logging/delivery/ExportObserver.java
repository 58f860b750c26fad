package cloud.gardener.logging.delivery;

import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;

/** Receives the events of a worker's exports. Called from the worker's steps, one at a time. */
public interface ExportObserver {
  /** The rate limit delays a request. */
  void throttled(int records);

  /** A request is about to be handed to the client. */
  void sent(int records);

  /** A request was answered, {@code durationNs} after it was sent. */
  void answered(int records, ExportResult result, long durationNs);

  /** The backend refuses the content of {@code request} permanently: it is given up. */
  void refused(ExportRequest request, ExportResult.Failure why);

  /**
   * Deliveries stop, and the records wait in the queue. Reported once until recovery, and again when the
   * failure gets worse. From mild to severe: a retry, a refused payload that may be at fault, a destination
   * that refuses.
   */
  void failing(ExportResult.Failure failure);

  /** The backend responds again. */
  void recovered();

  /** A step, the client or another method of this observer threw. The worker continues, after a pause if need be. */
  void broken(Throwable defect);
}
