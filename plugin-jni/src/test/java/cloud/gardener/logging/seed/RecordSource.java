package cloud.gardener.logging.seed;

import java.io.IOException;
import java.util.Arrays;

/** A container, or the journal: how many records it has written, and when. Thread-safe. */
final class RecordSource {
  /** What appends numbered records. */
  interface Appender {
    void write(int count) throws IOException;
  }

  /** What the journal has in place of a pod. */
  static final String JOURNAL = "journal";

  private final String namespace;
  private final String pod;
  private final Appender appender;
  private long[] writtenBefore = new long[64];
  private long[] timesNs = new long[64];
  private int writes;
  private long written;
  private long seen;

  RecordSource(String namespace, String pod, Appender appender) {
    this.namespace = namespace;
    this.pod = pod;
    this.appender = appender;
  }

  String namespace() {
    return namespace;
  }

  String pod() {
    return pod;
  }

  synchronized void write(int count) throws IOException {
    if (count == 0) {
      return;
    }
    if (writes == timesNs.length) {
      timesNs = Arrays.copyOf(timesNs, 2 * writes);
      writtenBefore = Arrays.copyOf(writtenBefore, 2 * writes);
    }
    writtenBefore[writes] = written;
    timesNs[writes] = System.nanoTime();
    writes++;
    appender.write(count);
    written += count;
  }

  synchronized long written() {
    return written;
  }

  synchronized long seen() {
    return seen;
  }

  /** Takes note of how many can be seen at a time, and of the delay of each that could not be seen before. */
  synchronized void see(long count, long nowNs, Delays delays) {
    for (long number = seen; number < Math.min(count, written); number++) {
      delays.add(nowNs - writtenNs(number));
      seen = number + 1;
    }
  }

  /** When the record with a number was written. */
  private long writtenNs(long number) {
    int found = Arrays.binarySearch(writtenBefore, 0, writes, number);
    return timesNs[found >= 0 ? found : -found - 2];
  }
}
