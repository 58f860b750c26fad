package cloud.gardener.logging.migration;

import cloud.gardener.logging.intake.Target;
import cloud.gardener.logging.queue.AppendResult;
import cloud.gardener.logging.queue.QueueEntry;
import java.util.List;

/** A target with a disk queue, into which older records can be imported. Thread-safe. */
public interface ImportTarget extends Target {
  /** Whether entries of about this size on disk fit, whatever the policy. */
  boolean hasRoomToRestore(long bytes);

  /**
   * Appends imported entries, all or none, and counts their records as recovered. Drops nothing, whatever the policy.
   *
   * @param records number of records in the entries
   */
  AppendResult restore(List<QueueEntry> entries, int records);

  /** Begins or ends an import: see {@link #isImporting}. */
  void setImporting(boolean isImporting);
}
