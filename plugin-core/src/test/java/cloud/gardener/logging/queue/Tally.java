package cloud.gardener.logging.queue;

/** Counts what a queue could not keep. */
final class Tally implements QueueListener {
  long lost;
  int quarantined;

  @Override
  public void onLoss(long records) {
    lost += records;
  }

  @Override
  public void onQuarantine() {
    quarantined++;
  }
}
