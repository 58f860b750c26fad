package cloud.gardener.logging.metrics;

/**
 * Where a target's records are, since the target was opened. At rest
 * {@code incoming + recovered = exported + dropped + buffered + left}; while records move, one that changes its place may be
 * seen in both or in neither.
 *
 * @param incoming accepted from Fluent Bit for this target
 * @param recovered found on disk when the target was opened
 * @param exported accepted by the backend
 * @param dropped given up, for any reason
 * @param buffered in the queue
 * @param left left on disk when the target was closed
 */
public record Balance(
    long incoming, long recovered, long exported, long dropped, long buffered, long left) {

  /** 0 at rest; a positive number is lost, a negative one appeared from nowhere. */
  public long unaccounted() {
    return incoming + recovered - exported - dropped - buffered - left;
  }
}
