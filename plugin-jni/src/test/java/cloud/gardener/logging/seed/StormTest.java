package cloud.gardener.logging.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.e2e.Configuration;
import cloud.gardener.logging.e2e.Distribution.HostKind;
import cloud.gardener.logging.e2e.Distribution;
import cloud.gardener.logging.e2e.HostProcess;
import cloud.gardener.logging.e2e.Load;
import cloud.gardener.logging.e2e.LogFile;
import cloud.gardener.logging.e2e.Scrape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything at once: containers' logs to VictoriaLogs directly, with a tenant for the seed and one for the
 * shoots, and a journal to two outputs more, over gRPC to two Collectors behind a Service and over HTTP to one
 * that wants a token. Under load Fluent Bit is reloaded and killed, and what is behind it dies in turn.
 */
@Tag("real")
class StormTest {
  private static final int RELOADS = Integer.getInteger("storm.reloads", 20);
  private static final int KILLS = Integer.getInteger("storm.kills", 5);
  private static final long SEED = Long.getLong("storm.seed", System.nanoTime());
  private static final int SHOOTS = 3;
  private static final int CONTAINER_RECORDS_A_SECOND = 200;
  private static final int JOURNAL_RECORDS_A_SECOND = 800;
  private static final int REQUESTS_UNDER_WAY = 2;
  private static final int BATCH_RECORDS = 100;

  /** What a target sends again at most when what is under way is not answered. */
  private static final int IN_FLIGHT = REQUESTS_UNDER_WAY * BATCH_RECORDS;

  private static final int GRPC_TENANT = 27;
  private static final int HTTP_TENANT = 28;

  /** What Fluent Bit had flushed and not forgotten yet, or read and not noted: far less than a second's. */
  private static final int READ_AGAIN =
      2 * JOURNAL_RECORDS_A_SECOND + (SHOOTS + 1) * CONTAINER_RECORDS_A_SECOND;

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private VictoriaLogs victoria;
  private DirectShoots shoots;
  private LogFile journal;
  private ClusterService service;
  private OtelCollector one;
  private OtelCollector two;
  private OtelCollector tokened;
  private HostProcess host;
  private String configuration;
  /** Targets that a fault behind has left without answers, summed up over all of these. */
  private int unanswered;

  @BeforeAll
  static void needPrograms() throws Exception {
    Programs.assume("StormTest", VictoriaLogs.PROGRAM);
    OtelCollector.assume("StormTest", "otlp_http", "memory_limiter", "bearertokenauth");
    Distribution.assumeHostIsNot(
        "StormTest", "Fluent Bit v4.", "its tail loses a few lines in a reload with any output");
  }

  @Test
  void shouldLoseNothingThroughReloadsAndKills() throws Exception {
    try (VictoriaLogs backend = VictoriaLogs.start(folder.resolve("victoria"));
        DirectShoots containers = new DirectShoots(folder, backend, SHOOTS);
        OtelCollector first = OtelCollector.start(folder, forwarding(backend, GRPC_TENANT));
        OtelCollector second = OtelCollector.start(folder, forwarding(backend, GRPC_TENANT));
        OtelCollector third =
            OtelCollector.start(folder, forwarding(backend, HTTP_TENANT).bearer("storm"));
        ClusterService balanced = new ClusterService(first.grpcPort(), second.grpcPort())) {
      victoria = backend;
      shoots = containers;
      one = first;
      two = second;
      tokened = third;
      service = balanced;
      journal = new LogFile(folder.resolve("journal.log"), 0);
      configuration = configuration();
      storm();
    } finally {
      if (host != null) {
        host.close();
      }
    }
  }

  private void storm() throws Exception {
    startHost();
    shoots.awaitTargets(host);
    shoots.load(CONTAINER_RECORDS_A_SECOND);
    Load load = Load.start(journal, JOURNAL_RECORDS_A_SECOND);
    try {
      for (int fault = 1; fault <= RELOADS; fault++) {
        breakSomethingBehind(fault);
        awaitMore();
        reload();
        if (fault % (RELOADS / KILLS) == 0) {
          awaitMore();
          killHost();
        }
      }
      awaitMore();
    } finally {
      load.stop();
      shoots.stop();
    }
    host.await("the containers' records", () -> shoots.allArrived(victoria));
    host.await("the journal, gRPC", () -> journal(GRPC_TENANT).distinct() == journal.next());
    host.await("the journal, HTTP", () -> journal(HTTP_TENANT).distinct() == journal.next());
    host.await("empty queues", () -> metric("buffered_logs") == 0);
    check();
  }

  private void check() throws Exception {
    long sent = shoots.written() + 2 * journal.next();
    long doubled =
        shoots.doubled(victoria) + journal(GRPC_TENANT).doubled() + journal(HTTP_TENANT).doubled();
    int targets = shoots.targets() + 2;
    long allowed = (long) KILLS * (targets * IN_FLIGHT + READ_AGAIN) + (long) unanswered * IN_FLIGHT;
    System.out.printf(
        "backends | %d reloads, %d %s, %d faults behind, %d targets of 3 outputs | sent %d | arrived %d |"
            + " lost 0 | doubled %d (at most %d), to the seed instead of the shoot %d%n",
        RELOADS, KILLS, canBeKilled() ? "kills" : "restarts", RELOADS, targets, sent, sent,
        doubled, allowed, shoots.strays(victoria));
    assertEquals(0, metric("dropped_logs_total"), "seed " + SEED);
    assertTrue(doubled <= allowed, doubled + " doubled, seed " + SEED);
  }

  private void breakSomethingBehind(int fault) throws Exception {
    unanswered += fault % 4 == 0 ? shoots.targets() + 2 : 1;
    switch (fault % 4) {
      case 0 -> victoria.restart();
      case 1 -> {
        OtelCollector dying = random.nextBoolean() ? one : two;
        dying.kill();
        service.remove(dying.grpcPort());
        dying.start();
        service.add(dying.grpcPort());
      }
      case 2 -> {
        tokened.stop();
        tokened.start();
      }
      default -> {
        tokened.kill();
        tokened.start();
      }
    }
  }

  /** Asks again where the host was not done with the reload before. */
  private void reload() throws Exception {
    long before = lines("direct: in force: ");
    long[] refused = {lines("reloading in progress")};
    host.signal("HUP");
    host.await(
        "the reload",
        () -> {
          if (lines("reloading in progress") > refused[0]) {
            refused[0]++;
            host.signal("HUP");
          }
          return lines("direct: in force: ") > before;
        });
  }

  /** The bundled host keeps chunks in memory only, so it would lose them by itself. */
  private static boolean canBeKilled() {
    return Distribution.hostKind() == HostKind.FLUENT_BIT;
  }

  private void killHost() throws Exception {
    if (canBeKilled()) {
      host.killHard();
    } else {
      assertEquals(0, host.terminate());
    }
    startHost();
  }

  private void startHost() throws Exception {
    host = HostProcess.start(folder, configuration, shoots.environment());
    host.awaitLine(line -> line.contains("direct: in force: "));
  }

  private long lines(String text) {
    return host.lines().stream().filter(line -> line.contains(text)).count();
  }

  private double metric(String name) throws InterruptedException {
    return Scrape.sum(shoots.configuration().metricsPort(), "fluentbit_gardener_" + name);
  }

  private Arrived journal(int tenant) throws IOException, InterruptedException {
    return Arrived.of(victoria, tenant, "*");
  }

  /** Each of the journal's outputs delivers on. */
  private void awaitMore() throws Exception {
    for (int tenant : new int[] {GRPC_TENANT, HTTP_TENANT}) {
      long before = victoria.count(tenant, "*");
      host.await("more records", () -> victoria.count(tenant, "*") > before);
    }
  }

  private static CollectorSettings forwarding(VictoriaLogs victoria, int tenant) throws Exception {
    return new CollectorSettings()
        .processor("memory_limiter")
        .set("processors::memory_limiter::check_interval", "1s")
        .set("processors::memory_limiter::limit_mib", "200")
        .forward(
            victoria.insertUrl(),
            Map.of(VictoriaLogs.TENANT, Integer.toString(tenant), VictoriaLogs.STREAM_FIELDS, "k8s.pod.name"));
  }

  private String configuration() {
    String storage = "filesystem";
    Configuration containers =
        shoots
            .configuration()
            .service("scheduler.base", "5")
            .service("scheduler.cap", "10")
            .service("storage.path", folder.resolve("storage").toString())
            .input("storage.type", storage)
            .output("DQueBatchProcessorExportBufferSize", Integer.toString(REQUESTS_UNDER_WAY))
            .output("DQueBatchProcessorMaxBatchSize", Integer.toString(BATCH_RECORDS))
            .output("Match", "kubernetes.*");
    Configuration others =
        new Configuration(journal.path(), folder.resolve("queue"))
            .input("Tag", "journal")
            .input("DB", folder.resolve("journal.db").toString())
            .input("storage.type", storage)
            .output("DQueBatchProcessorExportBufferSize", Integer.toString(REQUESTS_UNDER_WAY))
            .output("DQueBatchProcessorMaxBatchSize", Integer.toString(BATCH_RECORDS))
            .output("Match", "journal")
            .output("DQueName", "grpc")
            .output("MetricsPort", Integer.toString(containers.metricsPort()))
            .output("Compression", "zstd")
            .to(service.port())
            .secondOutput(
                "DQueName", "http",
                "SeedType", "otlp_http",
                "Compression", "gzip",
                "Headers", "{\"Authorization\":\"Bearer storm\"}",
                "Endpoint", "127.0.0.1:" + tokened.httpPort());
    return containers + others.toString().replaceFirst("(?s)^\\[SERVICE\\].*?\\[INPUT\\]", "[INPUT]");
  }
}
