package cloud.gardener.logging.jni;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

/** One output: counts its chunks and returns what its {@code Act} says. Thread-safe. */
final class Instance {
  private static final int ERROR = 0;
  private static final int OK = 1;
  private static final int RETRY = 2;
  private static final int BARRIER_SECONDS = 20;

  private final String label;
  private final String act;
  private final Path when;
  private final CyclicBarrier barrier;
  private final TreeSet<String> tags = new TreeSet<>();
  private final TreeSet<Long> threads = new TreeSet<>();
  private int flushes;
  private long events;

  Instance(Map<String, String> properties) {
    label = properties.getOrDefault("Label", "none");
    act = properties.getOrDefault("Act", "ok");
    when = Path.of(properties.getOrDefault("When", "/nowhere"));
    barrier = new CyclicBarrier(Integer.parseInt(properties.getOrDefault("Parties", "1")));
    if (act.equals("churn")) {
      Churn.start();
    }
  }

  int flush(ByteBuffer chunk, String tag) throws Exception {
    int number = count(chunk, tag);
    switch (act) {
      case "retry":
        return RETRY;
      case "retry_once":
        return number == 1 ? RETRY : OK;
      case "error":
        return ERROR;
      case "throw":
        throw new IllegalStateException("flush " + number + " failed on demand");
      case "long_log":
        Bridge.logLines(200);
        return OK;
      case "churn":
        Churn.faults();
        return OK;
      case "fault_when":
        if (Files.deleteIfExists(when)) {
          Churn.faults();
          System.gc();
          Bridge.logLine("took faults");
        }
        return OK;
      case "meet":
        // Of the first flushes, only concurrent ones pass it.
        if (number <= barrier.getParties()) {
          barrier.await(BARRIER_SECONDS, TimeUnit.SECONDS);
          Bridge.logLine("met " + label);
        }
        return OK;
      default:
        return OK;
    }
  }

  private synchronized int count(ByteBuffer chunk, String tag) {
    events += Events.count(chunk);
    tags.add(tag);
    threads.add(Thread.currentThread().getId());
    flushes++;
    Bridge.logLine("flush " + label + " number=" + flushes);
    return flushes;
  }

  @Override
  public synchronized String toString() {
    return label
        + " flushes=" + flushes
        + " events=" + events
        + " threads=" + threads.size()
        + " tags=" + tags;
  }
}
