package cloud.gardener.logging.seed;

import cloud.gardener.logging.kubernetes.ApiProxy;
import cloud.gardener.logging.kubernetes.Await;
import cloud.gardener.logging.kubernetes.ClusterAdmin;
import cloud.gardener.logging.kubernetes.Kubeconfig;
import cloud.gardener.logging.kubernetes.LocalApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The API server of a seed: it has the definitions of Cluster and OpenTelemetryCollector and the plugin's rights,
 * those of the chart, and lets the plugin in as a pod, with a service account's token that is bound to it.
 */
public final class SeedApiServer implements AutoCloseable {
  /** Where Clusters are. */
  public static final String CLUSTERS = "/apis/extensions.gardener.cloud/v1alpha1/clusters";

  private static final String NAMESPACED = "/api/v1/namespaces/" + ChartRbac.NAMESPACE;
  private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String COLLECTORS = "/apis/opentelemetry.io/v1beta1/";

  private final Path folder;
  private final LocalApiServer server;
  private final ServiceAccountVolume volume;
  private ChartRbac rights = new ChartRbac(false);
  private ClusterAdmin admin;
  private String token;
  private int pods;

  private SeedApiServer(Path folder) throws IOException {
    this.folder = folder;
    this.volume = new ServiceAccountVolume(folder.resolve("serviceaccount"));
    this.server = new LocalApiServer(folder);
  }

  /** Starts it, and returns when it has all that a seed has. {@code folder} is what it may fill. */
  public static SeedApiServer start(Path folder) throws IOException, InterruptedException {
    SeedApiServer seed = new SeedApiServer(Files.createDirectories(folder));
    try {
      seed.server.awaitReady();
      seed.fill();
      return seed;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      seed.close();
      throw e;
    }
  }

  private void fill() throws IOException, InterruptedException {
    admin = server.admin();
    admin.define();
    defineCollectors();
    namespace(ChartRbac.NAMESPACE, "{}");
    for (String kind : new String[] {"ServiceAccount", "ClusterRole", "ClusterRoleBinding"}) {
      admin.make(ChartRbac.path(kind), rights.object(kind));
    }
    newToken();
  }

  private void defineCollectors() throws IOException, InterruptedException {
    admin.make(
        DEFINITIONS,
        """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
         "metadata":{"name":"opentelemetrycollectors.opentelemetry.io"},
         "spec":{"group":"opentelemetry.io","scope":"Namespaced",
          "names":{"plural":"opentelemetrycollectors","singular":"opentelemetrycollector",
           "kind":"OpenTelemetryCollector","shortNames":["otelcol","otelcols"]},
          "versions":[{"name":"v1beta1","served":true,"storage":true,"subresources":{"status":{}},
           "schema":{"openAPIV3Schema":{"type":"object","properties":{
            "spec":{"type":"object","x-kubernetes-preserve-unknown-fields":true},
            "status":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}}]}}""");
    Await.until("both kinds are served", this::servesBoth);
  }

  private boolean servesBoth() {
    try {
      admin.read(CLUSTERS);
      admin.read(COLLECTORS + "opentelemetrycollectors");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Does all else that an administrator can. */
  public ClusterAdmin admin() {
    return admin;
  }

  /** Makes a namespace with labels, as a JSON object. */
  public void namespace(String name, String labels) throws IOException {
    admin.make("/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":" + labels + "}}");
  }

  /** Makes an OpenTelemetryCollector with labels, as a JSON object. Its namespace must be there. */
  public void collector(String namespace, String name, String labels) throws IOException {
    admin.make(
        COLLECTORS + "namespaces/" + namespace + "/opentelemetrycollectors",
        """
        {"apiVersion":"opentelemetry.io/v1beta1","kind":"OpenTelemetryCollector",
         "metadata":{"name":"%s","labels":%s},"spec":{"mode":"deployment","config":{"receivers":{"otlp":{}}}}}"""
            .formatted(name, labels));
  }

  /** Has a collector stay when it is deleted, as one does whose operator is not done with it. */
  public void holdCollector(String namespace, String name) throws IOException {
    admin.patch(
        COLLECTORS + "namespaces/" + namespace + "/opentelemetrycollectors/" + name,
        "{\"metadata\":{\"finalizers\":[\"test/stays\"]}}");
  }

  /** Changes labels of a namespace, given as a JSON object; null removes one. */
  public void label(String namespace, String labels) throws IOException {
    admin.patch("/api/v1/namespaces/" + namespace, "{\"metadata\":{\"labels\":" + labels + "}}");
  }

  /** Deletes one. */
  public void removeCollector(String namespace, String name) throws IOException {
    admin.remove(COLLECTORS + "namespaces/" + namespace + "/opentelemetrycollectors/" + name);
  }

  /** Takes the plugin's rights away. */
  public void revoke() throws IOException {
    admin.remove(ChartRbac.path("ClusterRoleBinding") + "/" + ChartRbac.role());
  }

  /** Gives them back. */
  public void grant() throws IOException {
    admin.make(ChartRbac.path("ClusterRoleBinding"), rights.object("ClusterRoleBinding"));
  }

  /** Gives the plugin the rights that it has together with Fluent Bit's filter, or its own only. */
  public void rights(boolean withFilter) throws IOException {
    rights = new ChartRbac(withFilter);
    admin.remove(ChartRbac.path("ClusterRole") + "/" + ChartRbac.role());
    admin.make(ChartRbac.path("ClusterRole"), rights.object("ClusterRole"));
  }

  /** Gives the pod another token, as the kubelet does in time, and returns when the old one is no good. */
  public void rotateToken() throws IOException, InterruptedException {
    String old = token;
    newToken();
    end(old, pods - 2);
  }

  /** Ends the pod's token before there is another, and returns when it is no good. */
  public void endToken() throws IOException, InterruptedException {
    end(token, pods - 1);
  }

  /** An API server remembers for 10 s that a token was good. */
  private void end(String old, int pod) throws IOException, InterruptedException {
    admin.remove(pod(pod));
    Await.until("the token is no good", () -> !isGood(old));
  }

  private boolean isGood(String any) {
    try {
      String review = "{\"spec\":{\"token\":\"" + any + "\"}}";
      return admin.make("/apis/authentication.k8s.io/v1/tokenreviews", review).at("/status/authenticated").asBoolean();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String pod(int number) {
    return NAMESPACED + "/pods/fluent-bit-" + number;
  }

  /** Gives the pod another token. */
  public void newToken() throws IOException {
    int number = pods++;
    JsonNode pod =
        admin.make(
            NAMESPACED + "/pods",
            """
            {"metadata":{"name":"fluent-bit-%d"},"spec":{"serviceAccountName":"%s",
             "containers":[{"name":"fluent-bit","image":"fluent-bit"}]}}"""
                .formatted(number, ChartRbac.ACCOUNT));
    JsonNode request =
        admin.make(
            NAMESPACED + "/serviceaccounts/" + ChartRbac.ACCOUNT + "/token",
            """
            {"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"expirationSeconds":3607,
             "boundObjectRef":{"apiVersion":"v1","kind":"Pod","name":"fluent-bit-%d","uid":"%s"}}}"""
                .formatted(number, pod.at("/metadata/uid").asString()));
    token = request.at("/status/token").asString();
    volume.write(token, server.authority());
  }

  /** Where it serves, on 127.0.0.1. */
  public int port() {
    return server.port();
  }

  /** A proxy before it. */
  public ApiProxy proxy() throws IOException {
    return server.proxy();
  }

  /** Ends the API server as a crash does; what it has stays. */
  public void crash() throws InterruptedException {
    server.crash();
  }

  /** Starts it again, and returns when it is ready. */
  public void restart() throws IOException, InterruptedException {
    server.restart();
    server.awaitReady();
  }

  /** The environment of a plugin outside of the cluster: KUBECONFIG. {@code behind} is {@link #port} or a proxy's. */
  public Map<String, String> kubeconfig(int behind) throws IOException {
    Path place = Files.createDirectories(folder.resolve("plugin-" + behind));
    Path file = Kubeconfig.write(place, "https://127.0.0.1:" + behind, token, server.authority());
    return Map.of("KUBECONFIG", file.toString(), "KUBERNETES_SERVICE_HOST", "");
  }

  /** The environment of a pod, which needs {@link #volume} where a pod has it, too. */
  public Map<String, String> inCluster(int behind) {
    return Map.of(
        "KUBERNETES_SERVICE_HOST", "127.0.0.1",
        "KUBERNETES_SERVICE_PORT", Integer.toString(behind),
        "KUBECONFIG", "");
  }

  ServiceAccountVolume volume() {
    return volume;
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close();
    }
    server.close();
  }
}
