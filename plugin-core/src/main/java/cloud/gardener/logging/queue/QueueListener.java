package cloud.gardener.logging.queue;

/** Hears of what a queue could not keep. Called with the queue's lock held: must be quick. */
public interface QueueListener {
  /** Records were in the queue and cannot be read any more. */
  void lost(int records);

  /** A damaged segment was set aside. */
  void quarantined();
}
