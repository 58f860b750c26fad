package cloud.gardener.logging.delivery;

import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;
import java.util.concurrent.atomic.AtomicReference;

/** A request that is with the client. Thread-safe where it hears from the client. */
final class Sent {
  final Batch batch;
  final ExportRequest request;
  final long number;
  final long startedNs;
  private final Runnable signal;
  private final AtomicReference<ExportResult> result = new AtomicReference<>();
  private volatile boolean out;
  private volatile boolean awaited;

  /**
   * A request that is about to be sent.
   *
   * @param number one more than that of the request before
   * @param signal makes a step of the worker follow
   */
  Sent(Batch batch, ExportRequest request, long number, long startedNs, Runnable signal) {
    this.batch = batch;
    this.request = request;
    this.number = number;
    this.startedNs = startedNs;
    this.signal = signal;
  }

  /** Makes a step only where one has asked in vain. May come late, or never. */
  void written() {
    out = true;
    if (awaited) {
      signal.run();
    }
  }

  /** Keeps the first answer: what comes when nobody waits any more is ignored. */
  void answered(ExportResult how) {
    if (result.compareAndSet(null, how)) {
      signal.run();
    }
  }

  /** How it was answered; null while it is not. */
  ExportResult result() {
    return result.get();
  }

  /**
   * Whether the next request may begin; if not, a step follows when it may. What is answered is not
   * out by that: the next step sees first whether it was a failure, which nothing is to overtake.
   */
  boolean isOut() {
    if (!out) {
      awaited = true; // Who sets the other sees this one, or is seen by the next line.
    }
    return out;
  }
}
