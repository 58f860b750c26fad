package cloud.gardener.logging.intake;

import cloud.gardener.logging.config.value.FullPolicy;
import cloud.gardener.logging.log.ThrottledLog;
import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.queue.AppendResult;
import cloud.gardener.logging.queue.DiskQueue;
import cloud.gardener.logging.queue.QueueEntry;
import java.util.List;

/**
 * Appends to a queue, and applies DQueFullPolicy when it is full. With a policy that drops, a chunk is flushed again
 * only when the disk refuses.
 *
 * <p>Thread-safe.
 */
public final class QueueIntake {
  private final DiskQueue queue;
  private final FullPolicy policy;
  private final TargetCount count;
  private final String name;
  private final ThrottledLog log;

  /**
   * @param name the target's name
   * @param log receives lines about dropped records
   */
  public QueueIntake(DiskQueue queue, FullPolicy policy, TargetCount count, String name, ThrottledLog log) {
    this.name = name;
    this.log = log;
    this.queue = queue;
    this.policy = policy;
    this.count = count;
  }

  public boolean hasRoom(long bytes) {
    return policy != FullPolicy.RETRY || queue.hasRoom(bytes);
  }

  /** See {@link Target#append}. */
  public AppendResult append(List<QueueEntry> entries, int records) {
    AppendResult result = queue.append(entries);
    if (result == AppendResult.FULL && policy == FullPolicy.DROP_OLDEST) {
      long oldest = queue.dropOldest(QueueEntry.diskBytes(entries));
      count.countDroppedFromQueue(DropReason.QUEUE_FULL_OLDEST, oldest);
      logDropped(oldest, "oldest");
      result = queue.append(entries);
    }
    if (result == AppendResult.APPENDED) {
      count.countQueued(records);
    } else if (result == AppendResult.FULL && policy != FullPolicy.RETRY) {
      count.countDropped(DropReason.QUEUE_FULL, records);
      logDropped(records, "newest");
      result = AppendResult.APPENDED;
    }
    return result;
  }

  private void logDropped(long records, String oldestOrNewest) {
    if (records > 0) {
      log.log(
          () ->
              name + ": the queue is full, and as DQueFullPolicy says its " + oldestOrNewest + " " + records
                  + " records are given up");
    }
  }
}
