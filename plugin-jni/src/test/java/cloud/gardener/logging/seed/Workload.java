package cloud.gardener.logging.seed;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a seed's pods, and its node's journal, write: on a thread of its own, at a steady rate. */
final class Workload implements AutoCloseable {
  private static final int TICKS = 10; // a second
  private static final int BLOCK = 1_000;

  private final SeedParameters parameters;
  private final List<RecordSource> sources;
  private final Thread thread = new Thread(this::run, "workload");
  private volatile IOException failure;

  private Workload(SeedParameters parameters, List<RecordSource> sources) {
    this.parameters = parameters;
    this.sources = sources;
    thread.setDaemon(true);
  }

  /**
   * Starts the pods, which have their log files from now on.
   *
   * @param journal the node's, or null
   */
  static Workload start(SeedParameters parameters, List<String> namespaces, ContainerLogs logs, Journal journal)
      throws IOException {
    List<RecordSource> sources = new ArrayList<>();
    for (String namespace : namespaces) {
      for (int i = 0; i < parameters.jobs(); i++) {
        String pod = "logger-" + i;
        sources.add(new RecordSource(namespace, pod, logs.log(namespace, pod, "logger")::write));
      }
    }
    if (journal != null) {
      sources.add(new RecordSource(Services.SEED, RecordSource.JOURNAL, journal::write));
    }
    Workload workload = new Workload(parameters, sources);
    workload.thread.start();
    return workload;
  }

  List<RecordSource> sources() {
    return sources;
  }

  long written() {
    return sources.stream().mapToLong(RecordSource::written).sum();
  }

  long seen() {
    return sources.stream().mapToLong(RecordSource::seen).sum();
  }

  /** Whether all is written. */
  boolean isDone() throws IOException {
    if (failure != null) {
      throw failure;
    }
    return !thread.isAlive();
  }

  private void run() {
    try {
      TimeUnit.NANOSECONDS.sleep(parameters.logsDelay().toNanos());
      long startNs = System.nanoTime();
      long written = 0;
      for (long tick = 1; written < parameters.logs(); tick++) {
        long due = parameters.rate() == 0 ? written + BLOCK : tick * parameters.rate() / TICKS;
        int count = (int) (Math.min(parameters.logs(), due) - written);
        for (RecordSource source : sources) {
          source.write(count);
        }
        written += count;
        if (parameters.rate() > 0) {
          long nextNs = startNs + Duration.ofSeconds(tick).toNanos() / TICKS;
          TimeUnit.NANOSECONDS.sleep(nextNs - System.nanoTime());
        }
      }
    } catch (InterruptedException e) {
      // It was closed before its end.
    } catch (IOException e) {
      failure = e;
    }
  }

  /** Writes no more. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
