package cloud.gardener.logging.queue;

/** Is notified of what a queue could not keep. Called with the queue's lock held: must return quickly. */
public interface QueueListener {
  /** Records in the queue cannot be read any more. */
  void onLoss(long records);

  /** A damaged segment was quarantined, or will be once it is drained. */
  void onQuarantine();
}
