package cloud.gardener.logging.intake;

/**
 * What a flush answers to Fluent Bit. The codes are those of its output interface (FLB_ERROR, FLB_OK,
 * FLB_RETRY); a test of the shim holds them against the C header.
 */
public enum FlushResult {
  /** The chunk can never be taken: Fluent Bit drops it. */
  ERROR(0),
  /** Every record is in its queue, or dropped on purpose and counted. */
  OK(1),
  /** Not now: Fluent Bit keeps the chunk and comes again. */
  RETRY(2);

  private final int code;

  FlushResult(int code) {
    this.code = code;
  }

  /** Fluent Bit's number for this result. */
  public int code() {
    return code;
  }
}
