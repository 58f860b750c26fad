package cloud.gardener.logging.queue;

/** The number of entries and records that wait in a queue. Changed under the queue's lock; metrics read it without. */
final class QueueCounts {
  private volatile long entries;
  private volatile long records;

  void add(long moreEntries, long moreRecords) {
    entries += moreEntries;
    records += moreRecords;
  }

  long entries() {
    return entries;
  }

  long records() {
    return records;
  }
}
