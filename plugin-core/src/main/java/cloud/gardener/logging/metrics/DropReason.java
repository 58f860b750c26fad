package cloud.gardener.logging.metrics;

/** Why records were given up: the label {@code reason}. */
public enum DropReason {
  /** The target's type is noop. */
  NOOP("noop", false),

  /** The record is not a log event. */
  MALFORMED("malformed", false),

  /** One record alone is larger than a request may be. */
  RECORD_TOO_LARGE("record_too_large", false),

  /** The record's chunk has failed with an error of ours again and again; it lies in the dead-letter file. */
  DEAD_LETTER("dead_letter", false),

  /** The record's entry on disk was damaged and lies in quarantine. */
  DAMAGED("damaged", true),

  /** The backend has accepted the request and rejected the record. */
  REJECTED("rejected", true),

  /** The backend has refused the request in a way that no retry changes. */
  EXPORT_ERROR("export_error", true),

  /** Without a disk queue: there was no room in memory. */
  QUEUE_FULL("queue_full", true),

  /** Without a disk queue: the backend did not take the record in time. */
  NOT_DELIVERED("not_delivered", true),

  /** The backend takes no request as small as the record's entry. */
  REQUEST_TOO_LARGE("request_too_large", true);

  private final String label;
  private final boolean afterQueue;

  DropReason(String label, boolean afterQueue) {
    this.label = label;
    this.afterQueue = afterQueue;
  }

  /** The value of the label. */
  public String label() {
    return label;
  }

  /** Whether such a record had been in the queue, and now is no more. */
  public boolean afterQueue() {
    return afterQueue;
  }
}
