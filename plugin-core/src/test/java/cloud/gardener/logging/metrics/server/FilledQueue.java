package cloud.gardener.logging.metrics.server;

import cloud.gardener.logging.metrics.QueueGauges;

/** A queue that holds records since a second after 1970. */
record FilledQueue(long bytes, long maxBytes) implements QueueGauges {
  @Override
  public long records() {
    return bytes;
  }

  @Override
  public long entries() {
    return 1;
  }

  @Override
  public long oldestMs() {
    return 1000;
  }
}
