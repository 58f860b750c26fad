package cloud.gardener.logging.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.kubernetes.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API server lets the plugin do what the chart gives it, and nothing else. */
@Tag("real")
class SeedApiServerTest {
  private static final String CLUSTERS = "/apis/extensions.gardener.cloud/v1alpha1/clusters";
  private static final String COLLECTORS = "/apis/opentelemetry.io/v1beta1/opentelemetrycollectors";

  @TempDir Path folder;

  @Test
  void shouldGiveThePluginTheChartsRightsOnly() throws Exception {
    Programs.assume("SeedApiServerTest", "etcd", "kube-apiserver");
    try (SeedApiServer seed = SeedApiServer.start(folder)) {
      String old = Files.readString(folder.resolve("serviceaccount/token"));
      assertEquals(200, ask(seed, CLUSTERS, old));
      assertEquals(200, ask(seed, COLLECTORS, old));
      assertEquals(403, ask(seed, "/api/v1/namespaces", old));
      assertEquals(403, ask(seed, "/api/v1/secrets", old));
      assertEquals(401, ask(seed, CLUSTERS, "no token"));

      seed.rights(true);
      awaitAnswer(seed, "/api/v1/namespaces", old, 200);
      seed.revoke();
      awaitAnswer(seed, CLUSTERS, old, 403);
      seed.grant();
      awaitAnswer(seed, CLUSTERS, old, 200);

      seed.rotateToken();
      awaitAnswer(seed, CLUSTERS, old, 401);
      assertEquals(200, ask(seed, CLUSTERS, Files.readString(folder.resolve("serviceaccount/token"))));
    }
  }

  private void awaitAnswer(SeedApiServer seed, String path, String token, int code) throws Exception {
    Await.until(
        path + " answers " + code,
        () -> {
          try {
            return ask(seed, path, token) == code;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private int ask(SeedApiServer seed, String path, String token) throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(trust()).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + seed.port() + path))
            .header("Authorization", "Bearer " + token)
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private SSLContext trust() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = Files.newInputStream(folder.resolve("serviceaccount/ca.crt"))) {
      store.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
