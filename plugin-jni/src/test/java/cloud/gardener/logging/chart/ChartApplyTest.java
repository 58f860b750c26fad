package cloud.gardener.logging.chart;

import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.kubernetes.ClusterAdmin;
import cloud.gardener.logging.kubernetes.LocalApiServer;
import cloud.gardener.logging.seed.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A real API server takes what the chart renders: each object of each case, by server-side apply with strict
 * validation and without storing it. A field that it does not know is an error.
 */
@Tag("real")
class ChartApplyTest {
  @TempDir static Path folder;

  private static LocalApiServer server;
  private static ClusterAdmin admin;

  @BeforeAll
  static void start() throws Exception {
    Programs.assume("ChartApplyTest", Chart.HELM, "kube-apiserver", "etcd");
    server = new LocalApiServer(folder);
    server.awaitReady();
    admin = server.admin();
    admin.make("/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + Chart.NAMESPACE + "\"}}");
    CustomKinds.define(admin);
  }

  @AfterAll
  static void stop() {
    if (admin != null) {
      admin.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> shouldApplyEachObjectOfEachCase() throws IOException {
    return Chart.cases().stream()
        .filter(row -> row.refused().isEmpty())
        .map(row -> DynamicTest.dynamicTest(row.name(), () -> apply(row.values())));
  }

  private static void apply(Map<?, ?> values) throws IOException, InterruptedException {
    Chart.Rendering rendering = new Chart(folder).render(values);

    assertTrue(rendering.objects().size() > 1, rendering.refusal());
    for (JsonNode object : rendering.objects()) {
      admin.tryApply(path(object), object.toString());
    }
  }

  private static String path(JsonNode object) {
    String version = object.path("apiVersion").asString();
    JsonNode metadata = object.path("metadata");
    String namespace =
        metadata.has("namespace") ? "/namespaces/" + metadata.path("namespace").asString() : "";
    return (version.contains("/") ? "/apis/" : "/api/") + version + namespace
        + "/" + CustomKinds.plural(object.path("kind").asString())
        + "/" + metadata.path("name").asString();
  }
}
