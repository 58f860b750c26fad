package cloud.gardener.logging.queue;

/** Hears of what a queue could not keep. Called with the queue's lock held: must be quick. */
public interface QueueListener {
  /** Records were in the queue and cannot be read any more. */
  void lost(long records);

  /** A damaged segment was set aside, or is kept until it is drained and then set aside. */
  void quarantined();
}
