package cloud.gardener.logging.delivery;

import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;

/** Receives the events of a worker's exports. Called from the worker's steps, one at a time. */
public interface ExportObserver {
  /** The rate limit delays a request. */
  void onThrottled(int records);

  /** A request is about to be handed to the client. */
  void onSend(int records);

  /** A request was answered, {@code durationNs} after it was sent. */
  void onResult(int records, ExportResult result, long durationNs);

  /** The backend refuses the content of {@code request} permanently: it is given up. */
  void onRefused(ExportRequest request, ExportResult.Failure refusal);

  /**
   * Deliveries stop, and the records wait in the queue. Reported once until recovery, and again when the
   * failure gets worse. From mild to severe: a retry, a refused payload that may be at fault, a destination
   * that refuses.
   */
  void onOutage(ExportResult.Failure failure);

  /** The backend responds again. */
  void onRecovered();

  /** A step, the client or another method of this observer threw. The worker continues, after a pause if need be. */
  void onDefect(Throwable defect);
}
