package cloud.gardener.logging.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.route.RouteConfigs;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service account of a pod: where the API server is, TLS, and what changes while we run. */
class InClusterTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String A = "shoot--p--a";

  @TempDir Path folder;

  private final ApiLogLines log = new ApiLogLines();
  private final Tables tables = new Tables();
  private final PluginMetrics metrics = new PluginMetrics("test");
  private FakeApiServer server;
  private ShootController controller;

  @AfterEach
  void stop() {
    if (controller != null) {
      controller.close();
    }
    if (server != null) {
      server.close();
    }
    metrics.close();
    log.close();
  }

  @Test
  void shouldTrustTheClustersAuthorityAndReadTheTokenForEachRequest() throws Exception {
    start(certificate("one"));
    tables.await("{shoot--p--a=READY} complete");

    server.token("another");
    Files.writeString(folder.resolve("token"), "another\n");
    server.dropWatches();
    server.put("shoot--p--b", KubernetesJson.READY);

    tables.await("{shoot--p--a=READY, shoot--p--b=READY} complete");
    assertEquals(List.of(), log.containing("cannot be watched"));
  }

  @Test
  void shouldPreferTheCipherThatIsCheapWithoutInstructionsForAes() throws Exception {
    start(certificate("one"));
    tables.await("{shoot--p--a=READY} complete");

    assertEquals(Set.of("TLS_CHACHA20_POLY1305_SHA256"), server.cipherSuites());
  }

  @Test
  void shouldRefuseAnotherAuthorityUntilItIsTheClusters() throws Exception {
    start(certificate("one"));
    tables.await("{shoot--p--a=READY} complete");

    server.stop();
    Path authority = folder.resolve("ca.crt");
    Path old = Files.move(authority, folder.resolve("old.crt"));
    server.certificate(certificate("two"));
    Files.move(authority, folder.resolve("new.crt"));
    Files.move(old, authority);
    server.start();
    tables.await("{shoot--p--a=READY} incomplete");
    Await.until("it says why", () -> !log.containing("SSLHandshakeException").isEmpty());

    Files.move(folder.resolve("new.crt"), authority, StandardCopyOption.REPLACE_EXISTING);
    tables.await("{shoot--p--a=READY} complete");
  }

  @Test
  void shouldEndItsConnectionWhenItStops() throws Exception {
    start(certificate("one"));
    tables.await("{shoot--p--a=READY} complete");
    Await.until("it watches", () -> server.watches() == 1);
    controller.close();

    Await.until(
        "the watch has ended",
        () -> {
          System.gc(); // The JDK\'s client ends its connections at the latest when it is collected.
          server.put(A, KubernetesJson.READY);
          return server.watches() == 0;
        });
  }

  @Test
  void shouldPreferTheServiceAccountToKubeconfig() throws Exception {
    Files.writeString(folder.resolve("token"), "t");
    Map<String, String> environment =
        Map.of(
            "KUBERNETES_SERVICE_HOST", "fd00::1",
            "KUBERNETES_SERVICE_PORT", "443",
            "KUBECONFIG", "/nowhere");

    Config config = new ApiAccess(environment::get, folder).find();

    assertEquals("https://[fd00::1]:443/", config.getMasterUrl());
    assertEquals("t", config.getOauthTokenProvider().getToken());
  }

  @Test
  void shouldSayWhereItHasLookedForAnApiServer() throws IOException {
    Path missing = folder.resolve("missing");
    Path wrong = Files.writeString(folder.resolve("wrong"), "[1, 2");

    assertEquals(
        "no API server is known: there is neither a service account in " + missing
            + " nor a file that KUBECONFIG names",
        problem(Map.of(), missing));
    assertEquals(
        "KUBECONFIG names " + missing + ", which cannot be read",
        problem(Map.of("KUBECONFIG", missing.toString()), missing));
    assertEquals(
        "KUBECONFIG names " + wrong + ", which is no kubeconfig file",
        problem(Map.of("KUBECONFIG", wrong.toString()), missing));
  }

  @Test
  void shouldGoOnWithoutAnApiServer() throws Exception {
    ApiAccess none = new ApiAccess(Map.<String, String>of()::get, folder.resolve("missing"));
    controller = ShootController.start(RouteConfigs.shoots(), metrics, tables, none);
    Await.until("it says so", () -> !log.containing("no API server is known").isEmpty());

    assertEquals(0, tables.count());
    assertTrue(log.lines().get(0).contains("go to the seed"), log.lines().get(0));
  }

  private static String problem(Map<String, String> environment, Path serviceAccount) {
    ApiAccess access = new ApiAccess(environment::get, serviceAccount);
    return assertThrows(IOException.class, access::find).getMessage();
  }

  private void start(SSLContext certificate) throws IOException {
    server = new FakeApiServer(certificate);
    server.define();
    server.put(A, KubernetesJson.READY);
    Files.writeString(folder.resolve("token"), FakeApiServer.TOKEN + "\n");
    Map<String, String> environment =
        Map.of(
            "KUBERNETES_SERVICE_HOST", "127.0.0.1",
            "KUBERNETES_SERVICE_PORT", Integer.toString(server.port()));
    controller =
        ShootController.start(
            RouteConfigs.shoots(), metrics, tables, new ApiAccess(environment::get, folder));
  }

  /** Makes a certificate for 127.0.0.1, and writes its authority to ca.crt: itself. */
  private SSLContext certificate(String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    keytool(
        "-genkeypair", "-keyalg", "EC", "-alias", name, "-dname", "CN=" + name,
        "-ext", "san=ip:127.0.0.1", "-keystore", store.toString());
    keytool(
        "-exportcert", "-rfc", "-alias", name, "-file", folder.resolve("ca.crt").toString(),
        "-keystore", store.toString());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storepass", new String(PASSWORD)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), output);
  }
}
