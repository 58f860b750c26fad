package cloud.gardener.logging.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 500 Clusters of 300 KB, in a process of their own whose heap they would not fit into. */
class MemoryTest {
  private static final int CLUSTERS = 500;
  private static final int CLUSTER_BYTES = 300_000;
  private static final long MIB = 1 << 20;

  @TempDir Path folder;

  @Test
  void shouldKeepLittleOfLargeClustersAndHoldNoneOnTheWay() throws Exception {
    Map<String, Long> figures;
    try (FakeApiServer server = new FakeApiServer()) {
      server.define();
      for (int i = 0; i < CLUSTERS; i++) {
        server.put("shoot--p--" + i, largeShoot(i));
      }
      figures = watch(server.url());
    }

    System.out.println("500 Clusters of 300 KB, in bytes: " + figures);
    assertTrue(figures.get("heap") < 10 * MIB, figures.toString());
    assertTrue(figures.get("peak") < 64 * MIB, figures.toString());
  }

  private Map<String, Long> watch(String url) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryMain.class.getName(),
                folder.toString(),
                url,
                Integer.toString(CLUSTERS))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), output);
    Map<String, Long> figures = new TreeMap<>();
    for (String line : output.lines().toList()) {
      figures.put(line.split("=")[0], Long.parseLong(line.split("=")[1]));
    }
    return figures;
  }

  /** As Gardener's: some large texts, many small members, and in managedFields names that no other object has. */
  private static String largeShoot(int number) {
    StringBuilder members = new StringBuilder();
    for (int i = 0; members.length() < CLUSTER_BYTES - 100_000; i++) {
      members.append("\"member-%d\":{\"name\":\"value-%d\",\"list\":[1,2,{\"a\":true}]},".formatted(i, i));
    }
    StringBuilder managed = new StringBuilder();
    for (int i = 0; managed.length() < 50_000; i++) {
      managed.append("\"k:{\\\"uid\\\":\\\"%08x-%s\\\"}\":{},".formatted(i * CLUSTERS + number, "0f".repeat(50)));
    }
    return "{\"metadata\":{\"annotations\":{\"large\":\"" + "x".repeat(50_000) + "\"},"
        + "\"managedFields\":[{\"fieldsV1\":{" + managed + "\"last\":{}}}]},"
        + "\"spec\":{\"providerConfig\":{" + members + "\"last\":1},\"purpose\":\"production\"},"
        + "\"status\":{\"lastOperation\":{\"type\":\"Reconcile\",\"state\":\"Succeeded\"}}}";
  }
}
