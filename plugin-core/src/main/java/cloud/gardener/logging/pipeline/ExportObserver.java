package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;

/** What a worker tells about its exports. Called from the worker's steps, one at a time. */
interface ExportObserver {
  /** The rate limit holds a request back. */
  void throttled(int records);

  /** A request is on its way. */
  void sent(int records);

  /** A request was answered, {@code durationNs} after it was sent. */
  void answered(int records, ExportResult result, long durationNs);

  /** The backend will never take the one record of {@code request}: it is given up. */
  void refused(ExportRequest request, ExportResult why);

  /** The backend has begun to fail in a way that may pass. Said once until it recovers. */
  void failing(ExportResult.Retry failure);

  /** The backend takes requests again. */
  void recovered();

  /** A step failed in a way that it must not. The worker goes on after a pause. */
  void broken(Throwable defect);
}
