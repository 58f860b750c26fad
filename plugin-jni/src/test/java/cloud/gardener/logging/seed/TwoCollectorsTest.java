package cloud.gardener.logging.seed;

import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.e2e.Load;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two Collectors behind one address, of which one dies, comes back, and is lost with its node. */
class TwoCollectorsTest extends CollectorRuns {
  private static final int RECORDS_A_SECOND = 3_000;

  @BeforeAll
  static void needPrograms() throws Exception {
    assume(TwoCollectorsTest.class, "otlp_http");
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void shouldGoOnWithTheOtherEndpointOfAService(String type) throws Exception {
    try (OtelCollector one = start(new CollectorSettings(), "one");
        OtelCollector two = start(new CollectorSettings(), "two");
        ClusterService service = new ClusterService(one.port(type), two.port(type));
        CountedRun run = run(type, service.port())) {
      run.output("Timeout", "2s").start();
      Load load = Load.start(run.logs(), RECORDS_A_SECOND);
      try {
        run.awaitMore(RECORDS_A_SECOND / 2);
        for (OtelCollector dying : new OtelCollector[] {one, two}) {
          dying.kill();
          run.awaitMore(RECORDS_A_SECOND / 2);
          service.remove(dying.port(type));
          run.awaitMore(RECORDS_A_SECOND / 2);
          dying.start();
          service.add(dying.port(type));
        }
        service.lose(two.port(type));
        service.remove(two.port(type));
        run.awaitMore(RECORDS_A_SECOND / 2);
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
        CountedRun run = run(type, 0)) {
      run.output("Endpoint", "collector.test:" + one.port(type)).start(environment);
      Load load = Load.start(run.logs(), RECORDS_A_SECOND);
      try {
        run.awaitMore(RECORDS_A_SECOND / 2);
        one.kill();
        run.awaitMore(RECORDS_A_SECOND / 2);
        one.start();
        two.kill();
        run.awaitMore(RECORDS_A_SECOND / 2);
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
}
