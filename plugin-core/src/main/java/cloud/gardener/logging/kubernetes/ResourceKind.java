package cloud.gardener.logging.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/**
 * A kind of object that is listed and watched.
 *
 * @param name for log lines, as in RBAC rules
 * @param path path of the API
 * @param selector label selector, or empty
 * @param namespaced whether such objects are in a namespace; otherwise their name is the name of one
 * @param wholeObjects whether more than their metadata is needed
 */
record ResourceKind(
    String name, String path, String selector, boolean namespaced, boolean wholeObjects) {
  private static final String METADATA =
      "application/json;as=PartialObjectMetadata%s;g=meta.k8s.io;v=v1,application/json";

  /** Gardener's Clusters, one for each shoot, named after its namespace. */
  static ResourceKind clusters() {
    return new ResourceKind(
        "clusters.extensions.gardener.cloud",
        "/apis/extensions.gardener.cloud/v1alpha1/clusters",
        "",
        false,
        true);
  }

  /** OpenTelemetryCollectors of all namespaces. */
  static ResourceKind collectors(String selector) {
    return new ResourceKind(
        "opentelemetrycollectors.opentelemetry.io",
        "/apis/opentelemetry.io/v1beta1/opentelemetrycollectors",
        selector,
        true,
        false);
  }

  /** Namespaces. */
  static ResourceKind namespaces(String selector) {
    return new ResourceKind("namespaces", "/api/v1/namespaces", selector, false, false);
  }

  /**
   * Lists from the API server's cache, not older than a version; of any age if the version is empty. The cache responds
   * in one piece, whatever the limit.
   */
  String cachedListPath(String version, int limit) {
    String query =
        version.isEmpty()
            ? "?limit=" + limit + "&resourceVersion=0"
            : "?resourceVersion=" + encoded(version) + "&resourceVersionMatch=NotOlderThan";
    return path + query + selectorParameter();
  }

  /** Lists the newest state in pages. */
  String newestListPath(int limit, String continueToken) {
    return path + "?limit=" + limit + parameter("continue", continueToken) + selectorParameter();
  }

  /** Lists the newest objects of one namespace. */
  String namespaceListPath(String namespace) {
    if (!namespaced) {
      return path + "?limit=1" + parameter("fieldSelector", "metadata.name=" + namespace) + selectorParameter();
    }
    int end = path.lastIndexOf('/');
    return path.substring(0, end) + "/namespaces/" + namespace + path.substring(end) + "?limit=1000"
        + selectorParameter();
  }

  String watchPath(String version, int seconds) {
    return path + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=" + seconds
        + parameter("resourceVersion", version) + selectorParameter();
  }

  private String selectorParameter() {
    return parameter("labelSelector", selector);
  }

  private static String parameter(String name, String value) {
    return value.isEmpty() ? "" : "&" + name + "=" + encoded(value);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8);
  }

  String acceptList() {
    return wholeObjects ? "application/json" : METADATA.formatted("List");
  }

  String acceptWatch() {
    return wholeObjects ? "application/json" : METADATA.formatted("");
  }
}
