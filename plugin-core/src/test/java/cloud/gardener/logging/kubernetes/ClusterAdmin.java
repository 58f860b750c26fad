package cloud.gardener.logging.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Changes what is on any API server, as an administrator would: Clusters, their definition, and all else. */
public final class ClusterAdmin implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String DEFINITION = "clusters.extensions.gardener.cloud";

  private final Config config;
  private final HttpClient client;

  ClusterAdmin(ApiAccess access) throws IOException {
    this.config = access.find();
    this.client = new JdkHttpClientFactory().newBuilder(config).build();
  }

  /** Whether the API server serves. */
  public boolean isReady() {
    return send("GET", "/readyz", "", "").code() == 200;
  }

  /** Whether somebody uses Clusters on this API server. */
  boolean isDefined() {
    return send("GET", FakeApiServer.DEFINITIONS + "/" + DEFINITION, "", "").code() != 404;
  }

  /** Defines Clusters. */
  public void define() {
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
  public void undefine() throws InterruptedException {
    send("DELETE", FakeApiServer.DEFINITIONS + "/" + DEFINITION, "", "");
    Await.until("the definition is gone", () -> !isDefined());
  }

  /** Makes a Cluster, as soon as they are defined. */
  public void create(String name, String shoot) throws InterruptedException {
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

  /** Gives a Cluster another shoot. */
  public void update(String name, String shoot) throws IOException {
    patch(FakeApiServer.CLUSTERS + "/" + name, "{\"spec\":{\"shoot\":" + shoot + "}}");
  }

  /** Deletes a Cluster. */
  public void delete(String name) {
    send("DELETE", FakeApiServer.CLUSTERS + "/" + name, "", "");
  }

  /**
   * Makes what a path lists: an object as YAML or JSON.
   *
   * @return the object as it is now
   */
  public JsonNode make(String path, String object) throws IOException {
    // An API server takes half a second to read large YAML.
    String type = object.startsWith("{") ? "application/json" : "application/yaml";
    return MAPPER.readTree(must("POST", path, type, object).body());
  }

  /** Changes the object of a path, by a merge patch in JSON. */
  public void patch(String path, String patch) throws IOException {
    must("PATCH", path, "application/merge-patch+json", patch);
  }

  /** Has the API server check an object as for a server-side apply, strictly, and store nothing. */
  public void tryApply(String path, String object) throws IOException {
    String query = "?fieldManager=test&dryRun=All&fieldValidation=Strict";
    must("PATCH", path + query, "application/apply-patch+yaml", object);
  }

  /** Deletes the object of a path at once. */
  public void remove(String path) throws IOException {
    must("DELETE", path + "?gracePeriodSeconds=0", "", "");
  }

  /** What is at a path. */
  public String read(String path) throws IOException {
    return must("GET", path, "", "").body();
  }

  private HttpResponse<String> must(String method, String path, String type, String body)
      throws IOException {
    HttpResponse<String> answer = send(method, path, type, body);
    if (!answer.isSuccessful()) {
      throw new IOException(method + " " + path + ": " + answer.code() + " " + answer.body());
    }
    return answer;
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
