package cloud.gardener.logging.metrics;

/** The reason why records were dropped: the label {@code reason}. */
public enum DropReason {
  /** The target's type is noop. */
  NOOP("noop", false),

  /** The purpose of the record's shoot is testing. */
  TESTING("testing", false),

  /** The record's namespace has the name of a shoot's, but the API server knows no such shoot. */
  NO_CLIENT("no_client", false),

  /** The record has no Kubernetes metadata, and such records are configured to be dropped. */
  NO_METADATA("no_metadata", false),

  /** The queue is full, and DQueFullPolicy drops new records. */
  QUEUE_FULL("queue_full", false),

  /** The queue was full, and DQueFullPolicy dropped the oldest records. */
  QUEUE_FULL_OLDEST("queue_full_oldest", true),

  /** The record waited for the backend of a shoot that was deleted. */
  EXPIRED("expired", true),

  /** The record is not a log event. */
  MALFORMED("malformed", false),

  /** The record alone is larger than a request may be, even when truncated. */
  RECORD_TOO_LARGE("record_too_large", false),

  /** The plugin failed on the record's chunk repeatedly; the chunk is a dead letter. */
  DEAD_LETTER("dead_letter", false),

  /** The record's entry on disk was damaged and is quarantined. */
  DAMAGED("damaged", true),

  /** The backend accepted the request and rejected the record. */
  REJECTED("rejected", true),

  /** The backend refused the request permanently. */
  EXPORT_ERROR("export_error", true),

  /** Like {@link #QUEUE_FULL}, but without a disk queue: there was no room in memory. */
  MEMORY_FULL("queue_full", true),

  /** Without a disk queue: the backend did not accept the record in time. */
  NOT_DELIVERED("not_delivered", true),

  /** The backend refuses even a request as small as the record's entry because of its size. */
  REQUEST_TOO_LARGE("request_too_large", true);

  private final String label;
  private final boolean wasQueued;

  DropReason(String label, boolean afterQueue) {
    this.label = label;
    this.wasQueued = afterQueue;
  }

  /** The value of the label. */
  public String label() {
    return label;
  }

  /** Whether such a record was in the queue before it was dropped. */
  public boolean wasQueued() {
    return wasQueued;
  }
}
