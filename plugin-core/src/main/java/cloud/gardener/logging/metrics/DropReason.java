package cloud.gardener.logging.metrics;

/** Why records were given up: the label {@code reason}. */
public enum DropReason {
  /** The target's type is noop. */
  NOOP("noop", false),

  /** In the shoot's state neither of the two tables wants the record. */
  MUTED("muted", false),

  /** The purpose of the record's shoot is testing. */
  TESTING("testing", false),

  /** The record's namespace is a shoot's by its name, and the API server knows no such shoot. */
  NO_CLIENT("no_client", false),

  /** The record has no Kubernetes metadata, and such records are unwanted. */
  NO_METADATA("no_metadata", false),

  /** The queue is full, and DQueFullPolicy gives up what is new. */
  QUEUE_FULL("queue_full", false),

  /** The queue was full, and DQueFullPolicy gave up what was oldest. */
  QUEUE_FULL_OLDEST("queue_full_oldest", true),

  /** The record waited for the backend of a shoot that is gone for good. */
  EXPIRED("expired", true),

  /** The record is not a log event. */
  MALFORMED("malformed", false),

  /** One record alone is larger than a request may be, however it is cut. */
  RECORD_TOO_LARGE("record_too_large", false),

  /** The record's chunk has failed with an error of ours again and again; it lies in the dead-letter file. */
  DEAD_LETTER("dead_letter", false),

  /** The record's entry on disk was damaged and lies in quarantine. */
  DAMAGED("damaged", true),

  /** The backend has accepted the request and rejected the record. */
  REJECTED("rejected", true),

  /** The backend has refused the request in a way that no retry changes. */
  EXPORT_ERROR("export_error", true),

  /** As {@link #QUEUE_FULL}, without a disk queue: there was no room in memory. */
  MEMORY_FULL("queue_full", true),

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
