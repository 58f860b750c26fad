package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Sends numbered records before, through and after a fault, until every one of them is accounted for, and
 * ends with the count. {@code -Dfaults.records=200000} for the long form.
 */
final class FaultRun implements AutoCloseable {
  /** Something that a test does to the run. */
  @FunctionalInterface
  interface Step {
    void apply(FaultRun run) throws Exception;
  }

  private static final String NAMESPACE = "fluentbit_gardener_";

  private static final int RECORDS = Integer.getInteger("faults.records", 10_000);
  private static final int RECORDS_A_SECOND = 10_000;

  /** Before the fault: code is loaded and compiled then, and its time is not the fault's. */
  private static final int FIRST_RECORDS = 500;

  private final String fault;
  private final Path folder;
  private final LogFile logs;
  private final SinkProcess sink;
  private final Configuration configuration;
  private final String[] wrapper;
  private HostProcess host;

  // Of the hosts that have been stopped.
  private double incomingBefore;
  private double exportedBefore;
  private double droppedBefore;
  private double longestFlushBefore;

  /**
   * @param fault for the printed row
   * @param folder for everything that the run writes
   * @param sink the backend, which the run stops at its end
   * @param wrapper what the host is started with, such as {@code unshare}
   */
  FaultRun(String fault, Path folder, SinkProcess sink, String... wrapper) {
    this.fault = fault;
    this.folder = folder;
    this.sink = sink;
    this.wrapper = wrapper;
    this.logs = new LogFile(folder.resolve("pod.log"), 0);
    this.configuration =
        new Configuration(logs.path(), queueDir())
            .to(sink.port())
            .service("Flush", "0.1")
            .service("scheduler.base", "1")
            .service("scheduler.cap", "2");
  }

  FaultRun output(String key, String value) {
    configuration.output(key, value);
    return this;
  }

  FaultRun input(String key, String value) {
    configuration.input(key, value);
    return this;
  }

  SinkProcess sink() {
    return sink;
  }

  HostProcess host() {
    return host;
  }

  Path queueDir() {
    return folder.resolve("queue");
  }

  /** Records that the run sends. */
  long sent() {
    return RECORDS;
  }

  /** The backend behaves like {@code mode} until every record is in the queue. */
  Outcome whileBackend(String mode) throws Exception {
    return run(
        run -> sink.mode(mode),
        run -> {
          awaitAllTaken();
          sink.mode("accept");
        });
  }

  /** The fault begins with {@code begin} and is over after {@code end}. */
  Outcome run(Step begin, Step end) throws Exception {
    logs.write(FIRST_RECORDS);
    host = HostProcess.start(folder, configuration.toString(), wrapper);
    host.await("the first records", () -> sink.records() >= FIRST_RECORDS);
    begin.apply(this);
    Load.write(logs, RECORDS - FIRST_RECORDS, RECORDS_A_SECOND);
    end.apply(this);
    awaitAllTaken();
    host.await("an empty queue", () -> metric("buffered_logs") == 0);
    assertEquals(RECORDS, exported() + dropped(), "incoming = exported + buffered + dropped");
    Outcome outcome =
        new Outcome(
            RECORDS,
            sink.tally(0, RECORDS - 1),
            sink.outOfOrder(0, RECORDS - 1),
            (long) dropped(),
            Math.max(longestFlushBefore, metric("flush_longest_seconds")));
    outcome.print(fault);
    return outcome;
  }

  /** Waits until a flush has taken each record that was sent. */
  void awaitAllTaken() throws Exception {
    host.await("all to be taken", () -> incoming() == RECORDS);
  }

  /** Stops the host as Kubernetes does, and starts it again; the tail needs a {@code DB} for that. */
  void restart() throws Exception {
    incomingBefore = incoming();
    exportedBefore = exported();
    droppedBefore = dropped();
    longestFlushBefore = metric("flush_longest_seconds");
    assertEquals(0, host.terminate());
    host = HostProcess.start(folder, configuration.toString(), wrapper);
    host.awaitLine(line -> line.contains(": in force: "));
  }

  double incoming() throws InterruptedException {
    return incomingBefore + metric("incoming_logs_total");
  }

  double exported() throws InterruptedException {
    return exportedBefore + metric("exported_client_logs_total");
  }

  double dropped() throws InterruptedException {
    return droppedBefore + metric("dropped_logs_total");
  }

  /** What the queue's files take on disk, whose ends are not written yet: blocks of 512 bytes, in bytes. */
  long bytesOnDisk() throws IOException, InterruptedException {
    String blocks = HostProcess.run("find", queueDir().toString(), "-type", "f", "-printf", "%b\n");
    return 512 * blocks.lines().mapToLong(Long::parseLong).sum();
  }

  double metric(String name) throws InterruptedException {
    return Scrape.sum(configuration.metricsPort(), NAMESPACE + name);
  }

  @Override
  public void close() {
    if (host != null) {
      host.close();
    }
    sink.close();
  }
}
