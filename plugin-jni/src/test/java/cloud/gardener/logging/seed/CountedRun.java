package cloud.gardener.logging.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.e2e.Configuration;
import cloud.gardener.logging.e2e.HostProcess;
import cloud.gardener.logging.e2e.LogFile;
import cloud.gardener.logging.e2e.Outcome;
import cloud.gardener.logging.e2e.Scrape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Numbered records on their way through Fluent Bit and the plugin to a tenant of a VictoriaLogs, which is
 * asked at the end which numbers it has, and how often.
 */
final class CountedRun implements AutoCloseable {
  static final int TENANT = 7;

  /** What a Collector sends along to the tenant. */
  static final Map<String, String> HEADERS =
      Map.of(
          VictoriaLogs.TENANT, Integer.toString(TENANT), VictoriaLogs.STREAM_FIELDS, "k8s.pod.name");

  private final Path folder;
  private final VictoriaLogs victoria;
  private final LogFile logs;
  private final Configuration configuration;
  private HostProcess host;

  CountedRun(Path folder, VictoriaLogs victoria) {
    this.folder = folder;
    this.victoria = victoria;
    this.logs = new LogFile(folder.resolve("pod.log"), 0);
    this.configuration = new Configuration(logs.path(), folder.resolve("queue"));
  }

  /** Sends to a port of this machine, over {@code otlp_grpc} or {@code otlp_http}. */
  CountedRun to(String type, int port) {
    configuration.to(port).output("SeedType", type);
    return this;
  }

  CountedRun output(String key, String value) {
    configuration.output(key, value);
    return this;
  }

  CountedRun input(String key, String value) {
    configuration.input(key, value);
    return this;
  }

  CountedRun start() throws IOException {
    return start(Map.of());
  }

  /** The same, with more in the environment of Fluent Bit. */
  CountedRun start(Map<String, String> environment) throws IOException {
    host = HostProcess.start(folder, configuration.toString(), environment);
    return this;
  }

  LogFile logs() {
    return logs;
  }

  HostProcess host() {
    return host;
  }

  /** A metric of the plugin, without what all their names begin with. */
  double metric(String name) throws IOException, InterruptedException {
    return Scrape.await(host, configuration.metricsPort(), "fluentbit_gardener_" + name);
  }

  /** Waits until a flush has taken each line that was written. */
  void awaitTaken() throws IOException, InterruptedException {
    host.await("all to be taken", () -> metric("incoming_logs_total") == logs.next());
  }

  /** Waits until each line that was written has come to VictoriaLogs. */
  void awaitArrived() throws IOException, InterruptedException {
    host.await("all to arrive", () -> arrived().distinct() == logs.next());
  }

  /** Waits until the backend has accepted so many more records. */
  void awaitMore(int records) throws IOException, InterruptedException {
    double before = metric("exported_client_logs_total");
    host.await("more records", () -> metric("exported_client_logs_total") > before + records);
  }

  private Arrived arrived() throws IOException, InterruptedException {
    return Arrived.of(victoria, TENANT, "*");
  }

  /**
   * Waits until all have arrived, checks the books, and prints a row of docs/reliability.md.
   *
   * @param doubledAtMost what may have come twice
   */
  void assertNothingLost(String scenario, long doubledAtMost) throws Exception {
    awaitArrived();
    host.await("an empty queue", () -> metric("buffered_logs") == 0);
    Arrived arrived = arrived();
    System.out.printf(
        "backends | %s | sent %d | arrived %d | lost 0 | doubled %d%n",
        scenario, logs.next(), arrived.distinct(), arrived.doubled());
    long largest = Arrived.largest(victoria, TENANT, "*");
    assertEquals(logs.next() - 1, largest, "a number that was never sent");
    assertTrue(arrived.doubled() <= doubledAtMost, arrived + ", allowed " + doubledAtMost);
    assertEquals(0, metric("dropped_logs_total"));
    assertEquals(logs.next(), metric("exported_client_logs_total"));
  }

  /** What faults that each find the requests under way unanswered may double. */
  static long doubledBy(int faults) {
    return (long) faults * Outcome.IN_FLIGHT;
  }

  @Override
  public void close() {
    if (host != null) {
      host.close();
    }
  }
}
