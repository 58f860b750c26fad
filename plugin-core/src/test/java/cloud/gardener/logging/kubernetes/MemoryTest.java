package cloud.gardener.logging.kubernetes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.SmallJvm;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 500 Clusters of 300 KB over TLS, in a process of their own whose heap they would not fit into, and which compiles as the
 * plugin does. Prints what that takes.
 */
class MemoryTest {
  private static final int CLUSTERS = 500;
  private static final int CLUSTER_BYTES = 300_000;
  private static final long MIB = 1 << 20;

  @TempDir Path folder;

  @Test
  void shouldKeepLittleOfLargeClustersAndHoldNoneOnTheWay() throws Exception {
    Map<String, Long> figures;
    X509Bundle identity =
        new CertificateBuilder()
            .subject("CN=api")
            .addSanIpAddress("127.0.0.1")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    Files.writeString(folder.resolve("ca.crt"), identity.getCertificatePEM());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(identity.toKeyManagerFactory().getKeyManagers(), null, null);
    try (FakeApiServer server = new FakeApiServer(tls)) {
      server.define();
      for (int i = 0; i < CLUSTERS; i++) {
        server.put("shoot--p--" + i, largeShoot(i));
      }
      figures = watch("https://127.0.0.1:" + server.port());
    }

    System.out.println("500 Clusters of 300 KB over TLS, in bytes: " + figures);
    assertTrue(figures.get("heap") < 10 * MIB, figures.toString());
    assertTrue(figures.get("peak") < 64 * MIB, figures.toString());
  }

  private Map<String, Long> watch(String url) throws IOException, InterruptedException {
    String output =
        SmallJvm.run(
            List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"),
            MemoryMain.class,
            folder.toString(),
            url,
            folder.resolve("ca.crt").toString(),
            Integer.toString(CLUSTERS));
    return SmallJvm.figures(output);
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
