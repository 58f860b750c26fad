package cloud.gardener.logging.intake;

/**
 * The result of a flush for Fluent Bit. The codes are those of its output interface (FLB_ERROR, FLB_OK, FLB_RETRY);
 * a test of the shim compares them with the C header.
 */
public enum FlushResult {
  /** The chunk can never be accepted: Fluent Bit drops it. */
  ERROR(0),
  /** Every record is in its queue, or dropped on purpose and counted. */
  OK(1),
  /** The chunk cannot be accepted now: Fluent Bit keeps it and flushes it again. */
  RETRY(2);

  private final int code;

  FlushResult(int code) {
    this.code = code;
  }

  /** Fluent Bit's code for this result. */
  public int code() {
    return code;
  }
}
