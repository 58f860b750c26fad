package cloud.gardener.logging.metrics;

/**
 * The balance of a target's records since the target was opened. At rest, {@code incoming + recovered = exported +
 * dropped + muted + buffered + left}. While records move, a record in transition may be counted in both places or in
 * neither.
 *
 * @param incoming accepted from Fluent Bit for this target
 * @param recovered found on disk when the target was opened
 * @param exported accepted by the backend
 * @param dropped given up, for any reason
 * @param muted kept from the shoot and the seed by the state of the shoot
 * @param buffered in the queue
 * @param left left on disk when the target was closed
 */
public record Balance(
    long incoming, long recovered, long exported, long dropped, long muted, long buffered, long left) {

  /** 0 at rest. A positive number of records was lost; a negative number was counted twice. */
  public long unaccounted() {
    return incoming + recovered - exported - dropped - muted - buffered - left;
  }
}
