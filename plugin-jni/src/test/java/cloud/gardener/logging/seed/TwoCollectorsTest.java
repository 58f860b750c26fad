package cloud.gardener.logging.seed;

import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.e2e.Load;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two Collectors behind one address, of which one dies, comes back, and is lost with its node. */
@Tag("real")
class TwoCollectorsTest {
  private static final int RECORDS_A_SECOND = 3_000;

  @TempDir Path folder;

  private VictoriaLogs victoria;

  @BeforeAll
  static void needPrograms() throws Exception {
    Programs.assume("TwoCollectorsTest", VictoriaLogs.PROGRAM);
    OtelCollector.assume("TwoCollectorsTest", "otlp_http");
  }

  @BeforeEach
  void start() throws Exception {
    victoria = VictoriaLogs.start(folder.resolve("victoria"));
  }

  @AfterEach
  void stop() {
    victoria.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void shouldGoOnWithTheOtherEndpointOfAService(String type) throws Exception {
    try (OtelCollector one = start(new CollectorSettings(), "one");
        OtelCollector two = start(new CollectorSettings(), "two");
        ClusterService service = new ClusterService(port(type, one), port(type, two));
        CountedRun run = new CountedRun(folder, victoria).to(type, service.port())) {
      run.output("Timeout", "2s").start();
      Load load = Load.start(run.logs(), RECORDS_A_SECOND);
      try {
        awaitMore(run);
        for (OtelCollector dying : new OtelCollector[] {one, two}) {
          dying.kill();
          awaitMore(run);
          service.remove(port(type, dying));
          awaitMore(run);
          dying.start();
          service.add(port(type, dying));
        }
        service.lose(port(type, two));
        service.remove(port(type, two));
        awaitMore(run);
      } finally {
        load.stop();
      }
      run.assertNothingLost(
          "two Collectors behind a Service, each dies, one is lost, " + type, CountedRun.doubledBy(3));
      assertBothWereUsed();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void shouldGoOnWithTheOtherAddressOfAName(String type) throws Exception {
    int grpc = Ports.free();
    int http = Ports.free();
    Path names =
        Files.writeString(
            folder.resolve("hosts"), "127.0.0.2 collector.test\n127.0.0.3 collector.test\n");
    Map<String, String> environment =
        Map.of("GARDENER_PLUGIN_JAVA_OPTS", "-Djdk.net.hosts.file=" + names);
    try (OtelCollector one = start(new CollectorSettings("127.0.0.2", grpc, http), "one");
        OtelCollector two = start(new CollectorSettings("127.0.0.3", grpc, http), "two");
        CountedRun run = new CountedRun(folder, victoria).to(type, 0)) {
      run.output("Endpoint", "collector.test:" + port(type, one)).start(environment);
      Load load = Load.start(run.logs(), RECORDS_A_SECOND);
      try {
        awaitMore(run);
        one.kill();
        awaitMore(run);
        one.start();
        two.kill();
        awaitMore(run);
      } finally {
        load.stop();
      }
      run.assertNothingLost(
          "a name with two addresses, each dies, " + type, CountedRun.doubledBy(2));
      assertBothWereUsed();
    }
  }

  private void assertBothWereUsed() throws Exception {
    for (String name : new String[] {"one", "two"}) {
      assertTrue(
          victoria.count(CountedRun.TENANT, "collector:=" + name) > 0, name + " has got nothing");
    }
  }

  /** Starts one that writes its name on all that it forwards. */
  private OtelCollector start(CollectorSettings settings, String name) throws Exception {
    Map<String, String> headers = new HashMap<>(CountedRun.HEADERS);
    headers.put("VL-Extra-Fields", "collector=" + name);
    return OtelCollector.start(folder, settings.forward(victoria.insertUrl(), headers));
  }

  private static void awaitMore(CountedRun run) throws Exception {
    double before = run.metric("exported_client_logs_total");
    run.host()
        .await(
            "more records",
            () -> run.metric("exported_client_logs_total") > before + RECORDS_A_SECOND / 2);
  }

  private static int port(String type, OtelCollector collector) {
    return type.equals("otlp_grpc") ? collector.grpcPort() : collector.httpPort();
  }
}
