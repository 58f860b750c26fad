package cloud.gardener.logging.delivery;

/**
 * The records {@code from} (inclusive) to {@code to} (exclusive) of a batch, and what is known of them
 * since the backend has refused what is in the batch.
 */
record Part(int from, int to, Known known) {
  /** What earlier refusals say about a part. */
  enum Known {
    NOTHING,

    /** It was refused together with the part behind it: if it is accepted, the other is the cause. */
    FIRST_HALF,

    /** It was refused together with a part that was accepted alone: what was refused lies here. */
    CAUSE,

    /** It was refused alone, and nothing has been accepted since. */
    SUSPECT,

    /** It was refused alone, and a neighbour was accepted since. */
    LAST_TRY
  }

  int records() {
    return to - from;
  }

  Part with(Known other) {
    return new Part(from, to, other);
  }

  /** Whether one more refusal shows that the part is at fault, and not the backend. */
  boolean isGivenUpWhenRefused() {
    return known == Known.CAUSE || known == Known.LAST_TRY;
  }
}
