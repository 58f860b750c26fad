package cloud.gardener.logging.delivery;

/**
 * The records {@code from} (inclusive) to {@code to} (exclusive) of a batch, and what earlier refusals say
 * about them.
 */
record BatchPart(int from, int to, Evidence evidence) {
  /** What earlier refusals say about a part. */
  enum Evidence {
    NOTHING,

    /** Refused together with the part behind it: if this part is accepted, the other is the cause. */
    FIRST_HALF,

    /** Refused together with a part that was accepted alone: the cause lies in this part. */
    CAUSE,

    /** Refused alone; nothing was accepted since. */
    SUSPECT,

    /** Refused alone; a neighbour was accepted since. */
    LAST_TRY
  }

  int records() {
    return to - from;
  }

  BatchPart with(Evidence newEvidence) {
    return new BatchPart(from, to, newEvidence);
  }

  /** Whether one more refusal proves that the part is at fault, not the backend. */
  boolean isDroppedWhenRefused() {
    return evidence == Evidence.CAUSE || evidence == Evidence.LAST_TRY;
  }
}
