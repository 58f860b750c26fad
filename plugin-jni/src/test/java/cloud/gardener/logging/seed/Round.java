package cloud.gardener.logging.seed;

import cloud.gardener.logging.e2e.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One run of the load through one plugin. The node is empty at its beginning, and all but the API server and
 * VictoriaLogs is started anew.
 *
 * @param number tells rounds apart; each has tenants of its own
 * @param plugin the plugin's name
 * @param library the plugin
 */
record Round(SeedRun seed, int number, String plugin, Path library) {
  /** How many tenants a round may have. */
  private static final int TENANTS = 1_000;

  Verdict run() throws IOException, InterruptedException {
    Node node = seed.node();
    clear(node.log());
    clear(node.state());
    Path folder = Files.createDirectories(node.folder().resolve("round-" + number));
    Map<String, Integer> tenants = tenants();
    boolean bundled = Distribution.hostKind() == Distribution.HostKind.FLB_HOST;
    Path configuration = NodeConfiguration.write(node, seed.parameters().flush(), bundled);
    ContainerLogs containers = new ContainerLogs(node.log());
    Path fluentBitLog = folder.resolve("fluent-bit.log");

    System.out.printf("%n%s: starts %d collectors and Fluent Bit%n", plugin, tenants.size());
    try (var collectors = SeedCollectors.start(folder, seed.services(), seed.logs(), tenants);
        var journal = journal(folder);
        var fluentBit = FluentBit.start(node, library, configuration, fluentBitLog, seed.access());
        var prometheus = prometheus(folder)) {
      fluentBit.awaitShoots(seed.services().shoots().size());
      List<String> namespaces = seed.services().namespaces();
      try (var workload = Workload.start(seed.parameters(), namespaces, containers, journal)) {
        Arrivals arrivals = new Arrivals(seed.logs(), tenants, workload.sources());
        Watch.Cost cost = new Watch(workload, arrivals, fluentBit).untilArrived(seed.parameters().flush());
        String scraped = prometheus == null ? "" : Scraped.summary(prometheus);
        fluentBit.stop();
        collectors.stop();
        return new Verdict(plugin, arrivals.count(), arrivals.delays(), cost, scraped);
      }
    }
  }

  private Journal journal(Path folder) throws IOException, InterruptedException {
    // Fluent Bit wants the folder in any case.
    Path place = Files.createDirectories(seed.node().log().resolve("journal"));
    return seed.hasJournal() ? Journal.start(place, folder.resolve("journal.log")) : null;
  }

  private Prometheus prometheus(Path folder) throws IOException, InterruptedException {
    Node node = seed.node();
    return seed.hasPrometheus() ? Prometheus.start(folder, node.metricsPort(), node.fluentBitPort()) : null;
  }

  private Map<String, Integer> tenants() {
    Map<String, Integer> tenants = new LinkedHashMap<>();
    for (String namespace : seed.services().namespaces()) {
      tenants.put(namespace, TENANTS * number + tenants.size() + 1);
    }
    return tenants;
  }

  /** What is in a folder goes, the folder stays: it may be mounted. */
  private static void clear(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(folder)) {
          Files.delete(file);
        }
      }
    }
  }
}
