package cloud.gardener.logging.kubernetes;

/** JSON of the API server, for tests. */
final class KubernetesJson {
  /** The shoot of a ready cluster. */
  static final String READY = shoot("production", "Reconcile", "Succeeded");

  private KubernetesJson() {}

  static String shoot(String purpose, String lastType, String lastState) {
    return """
        {"apiVersion":"core.gardener.cloud/v1beta1","kind":"Shoot","metadata":{"name":"s"},\
        "spec":{"purpose":"%s","hibernation":{"enabled":false}},\
        "status":{"lastOperation":{"type":"%s","state":"%s"},"hibernated":false}}"""
        .formatted(purpose, lastType, lastState);
  }

  /** A Cluster of a version. */
  static String cluster(String name, String version, String shoot) {
    return """
        {"apiVersion":"extensions.gardener.cloud/v1alpha1","kind":"Cluster",\
        "metadata":{"name":"%s","resourceVersion":"%s"},\
        "spec":{"cloudProfile":{},"seed":{},"shoot":%s}}"""
        .formatted(name, version, shoot);
  }

  /** An object without a spec. */
  static String object(String namespace, String name, String version) {
    return """
        {"metadata":{"namespace":"%s","name":"%s","resourceVersion":"%s"}}"""
        .formatted(namespace, name, version);
  }

  /** A page; {@code next} is empty for the last one. */
  static String list(String version, String next, String... items) {
    return """
        {"kind":"List","items":[%s],"metadata":{"resourceVersion":"%s","continue":"%s"}}"""
        .formatted(String.join(",", items), version, next);
  }

  static String event(String type, String object) {
    return "{\"type\":\"" + type + "\",\"object\":" + object + "}\n";
  }

  static String status(int code, String message) {
    return """
        {"kind":"Status","status":"Failure","message":"%s","code":%d}"""
        .formatted(message, code);
  }
}
