package cloud.gardener.logging.delivery;

import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;
import java.util.concurrent.atomic.AtomicReference;

/** A request that was handed to the client. The client's callbacks may come from any thread. */
final class SentRequest {
  final Batch batch;
  final ExportRequest request;
  final long number;
  final long startedNs;
  private final Runnable signal;
  private final AtomicReference<ExportResult> result = new AtomicReference<>();
  private volatile boolean written;
  private volatile boolean signalsWhenWritten;

  /**
   * @param number one more than that of the previous request
   * @param signal schedules a step of the worker
   */
  SentRequest(Batch batch, ExportRequest request, long number, long startedNs, Runnable signal) {
    this.batch = batch;
    this.request = request;
    this.number = number;
    this.startedNs = startedNs;
    this.signal = signal;
  }

  /**
   * The client wrote the whole request. Schedules a step only when {@link #isWritten} returned false before. May
   * be called late or never.
   */
  void onWritten() {
    written = true;
    if (signalsWhenWritten) {
      signal.run();
    }
  }

  /** Keeps the first result; later ones are ignored. */
  void complete(ExportResult outcome) {
    if (result.compareAndSet(null, outcome)) {
      signal.run();
    }
  }

  /** The result; null while there is none. */
  ExportResult result() {
    return result.get();
  }

  /** Whether the client has reported that the whole request reached the socket, and so does not read it any more. */
  boolean wasWritten() {
    return written;
  }

  /**
   * True once the whole request reached the socket; otherwise {@link #onWritten()} schedules a step. An
   * answered request does not count as written: the next step settles it first, because nothing may overtake
   * a failure.
   */
  boolean isWritten() {
    if (!written) {
      signalsWhenWritten = true; // Set before written is read: written() sees it, or the next line sees it.
    }
    return written;
  }
}
