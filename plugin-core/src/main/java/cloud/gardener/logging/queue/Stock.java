package cloud.gardener.logging.queue;

/** What waits in a queue. Changed under the queue's lock, read by metrics without it. */
final class Stock {
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
