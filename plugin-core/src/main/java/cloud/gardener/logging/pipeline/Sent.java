package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;
import java.util.Queue;

/** A request that is with the client. Thread-safe where it hears from the client. */
final class Sent {
  final Batch batch;
  final ExportRequest request;
  final long startedNs;
  private final Queue<Sent> answers;
  private final Runnable signal;
  private volatile boolean out;
  private volatile boolean awaited;
  private ExportResult result;

  /**
   * A request that is about to be sent.
   *
   * @param answers where it is put when it is answered
   * @param signal makes a step of the worker follow
   */
  Sent(Batch batch, ExportRequest request, long startedNs, Queue<Sent> answers, Runnable signal) {
    this.batch = batch;
    this.request = request;
    this.startedNs = startedNs;
    this.answers = answers;
    this.signal = signal;
  }

  /** Makes a step only where one has asked in vain. May come late, or never. */
  void written() {
    out = true;
    if (awaited) {
      signal.run();
    }
  }

  void answered(ExportResult how) {
    result = how;
    answers.add(this);
    signal.run();
  }

  /** How it was answered; for who has it from the answers. */
  ExportResult result() {
    return result;
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
