package cloud.gardener.logging.metrics.server;

import cloud.gardener.logging.metrics.QueueGauges;

/** A queue whose gauges fail. */
record FailingQueue(Error failure) implements QueueGauges {
  @Override
  public long records() {
    throw failure;
  }

  @Override
  public long entries() {
    return 0;
  }

  @Override
  public long bytes() {
    return 0;
  }
}
