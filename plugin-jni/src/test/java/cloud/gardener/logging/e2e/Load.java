package cloud.gardener.logging.e2e;

import java.util.concurrent.TimeUnit;

/**
 * Writes lines at a steady rate; what is late for want of CPU time comes with the next slice. {@link
 * LogFile#next} tells how many lines there are.
 */
public final class Load {
  private static final long SLICE_MS = 10;

  private final LogFile logs;
  private final long records;
  private final int recordsASecond;
  private Thread thread;
  private volatile boolean stopped;

  private Load(LogFile logs, long records, int recordsASecond) {
    this.logs = logs;
    this.records = records;
    this.recordsASecond = recordsASecond;
  }

  /** Writes so many lines, and returns when they are written. */
  public static void write(LogFile logs, long records, int recordsASecond) throws InterruptedException {
    new Load(logs, records, recordsASecond).write();
  }

  /** Writes on a thread of its own until it is stopped. */
  public static Load start(LogFile logs, int recordsASecond) {
    Load load = new Load(logs, Long.MAX_VALUE, recordsASecond);
    load.thread = new Thread(load::writeUninterrupted, "load");
    load.thread.setDaemon(true);
    load.thread.start();
    return load;
  }

  private void writeUninterrupted() {
    try {
      write();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() throws InterruptedException {
    long startNs = System.nanoTime();
    for (long written = 0; written < records && !stopped; ) {
      long due = (System.nanoTime() - startNs) * recordsASecond / TimeUnit.SECONDS.toNanos(1);
      int now = (int) (Math.min(records, due) - written);
      logs.write(now);
      written += now;
      TimeUnit.MILLISECONDS.sleep(SLICE_MS);
    }
  }

  /** Ends what {@link #start} has begun, and returns when the last line is written. */
  public void stop() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
