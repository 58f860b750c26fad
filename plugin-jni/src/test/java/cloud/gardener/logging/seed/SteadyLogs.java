package cloud.gardener.logging.seed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Logs that get a record each {@value #PERIOD_MS} ms, on a thread of their own. */
final class SteadyLogs implements AutoCloseable {
  private static final long PERIOD_MS = 50;

  private final List<ContainerLogs.Log> logs = new ArrayList<>();
  private final Thread thread = new Thread(this::write, "steady-logs");
  private volatile boolean stopped;
  private volatile IOException failure;

  SteadyLogs() {
    thread.setDaemon(true);
    thread.start();
  }

  /** Lets a log flow. */
  void add(ContainerLogs.Log log) {
    synchronized (logs) {
      logs.add(log);
    }
  }

  /** Lets a log stand still; nothing is written to it after this. */
  void remove(ContainerLogs.Log log) {
    synchronized (logs) {
      logs.remove(log);
    }
  }

  private void write() {
    try {
      while (!stopped) {
        synchronized (logs) {
          for (ContainerLogs.Log log : logs) {
            log.write(1);
          }
        }
        TimeUnit.MILLISECONDS.sleep(PERIOD_MS);
      }
    } catch (IOException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends all; afterwards each log says how much was written. */
  void stop() throws IOException, InterruptedException {
    stopped = true;
    thread.join();
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() {
    stopped = true;
  }
}
