package cloud.gardener.logging.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Changes Clusters and their definition on any API server, as an administrator would. */
final class ClusterAdmin implements AutoCloseable {
  private static final String DEFINITION = "clusters.extensions.gardener.cloud";

  private final Config config;
  private final HttpClient client;

  ClusterAdmin(Access access) throws IOException {
    this.config = access.find();
    this.client = new JdkHttpClientFactory().newBuilder(config).build();
  }

  /** Whether the API server serves. */
  boolean isReady() {
    return send("GET", "/readyz", "", "").code() == 200;
  }

  /** Whether somebody uses Clusters on this API server. */
  boolean isDefined() {
    return send("GET", FakeApiServer.DEFINITIONS + "/" + DEFINITION, "", "").code() != 404;
  }

  void define() {
    send(
        "POST",
        FakeApiServer.DEFINITIONS,
        "application/json",
        """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
         "metadata":{"name":"clusters.extensions.gardener.cloud"},
         "spec":{"group":"extensions.gardener.cloud","scope":"Cluster",
          "names":{"plural":"clusters","singular":"cluster","kind":"Cluster"},
          "versions":[{"name":"v1alpha1","served":true,"storage":true,
           "schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object",
            "x-kubernetes-preserve-unknown-fields":true}}}}}]}}""");
  }

  /** Waits until the definition is gone: an API server removes the objects first. */
  void undefine() throws InterruptedException {
    send("DELETE", FakeApiServer.DEFINITIONS + "/" + DEFINITION, "", "");
    Await.until("the definition is gone", () -> !isDefined());
  }

  void create(String name, String shoot) throws InterruptedException {
    String cluster =
        """
        {"apiVersion":"extensions.gardener.cloud/v1alpha1","kind":"Cluster","metadata":{"name":"%s"},
         "spec":{"cloudProfile":{},"seed":{},"shoot":%s}}"""
            .formatted(name, shoot);
    // A definition is established some time after it was made.
    Await.until(
        "the Cluster can be created",
        () -> send("POST", FakeApiServer.CLUSTERS, "application/json", cluster).code() == 201);
  }

  void update(String name, String shoot) {
    send(
        "PATCH",
        FakeApiServer.CLUSTERS + "/" + name,
        "application/merge-patch+json",
        "{\"spec\":{\"shoot\":" + shoot + "}}");
  }

  void delete(String name) {
    send("DELETE", FakeApiServer.CLUSTERS + "/" + name, "", "");
  }

  private HttpResponse<String> send(String method, String path, String type, String body) {
    HttpRequest request =
        client
            .newHttpRequestBuilder()
            .uri(config.getMasterUrl().replaceFirst("/$", "") + path)
            .method(method, type, body)
            .build();
    return client.sendAsync(request, String.class).orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    client.close();
  }
}
