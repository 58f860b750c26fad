package cloud.gardener.logging.config;

import cloud.gardener.logging.config.value.FullPolicy;
import cloud.gardener.logging.config.value.QueueSync;
import java.nio.file.Path;

/**
 * The disk queue of each target.
 *
 * @param dir the folder of all queues
 * @param name the folder of this output's queues below it
 * @param segmentEntries entries in one segment file, positive
 * @param sync durability that an append waits for
 * @param maxBytes maximum bytes of one target on disk, positive
 * @param totalMaxBytes maximum bytes of all targets of this output on disk, positive
 * @param fullPolicy what happens at these bounds
 * @param maxMemoryRecords records of one target held in memory for export, positive
 * @param smallBytes bytes of one target that stay in memory when they are appended, however many records they are;
 *     not negative
 */
public record QueueConfig(
    Path dir,
    String name,
    int segmentEntries,
    QueueSync sync,
    long maxBytes,
    long totalMaxBytes,
    FullPolicy fullPolicy,
    int maxMemoryRecords,
    int smallBytes) {

  /**
   * Usual value of {@code smallBytes}: a flush of a busy node has 2000 records, and half of it. What is not held is
   * read back from the disk a moment after it was written. A backlog is still read by {@code maxMemoryRecords}: held
   * by this bound, its entries would survive young collections, which takes more than the reading.
   */
  public static final int SMALL_BYTES = 1 << 20;

  /** Checks the bounds. */
  public QueueConfig {
    Checks.require(segmentEntries > 0, "segmentEntries is positive");
    Checks.require(maxBytes > 0, "maxBytes is positive");
    Checks.require(totalMaxBytes > 0, "totalMaxBytes is positive");
    Checks.require(maxMemoryRecords > 0, "maxMemoryRecords is positive");
    Checks.require(smallBytes >= 0, "smallBytes is not negative");
  }
}
