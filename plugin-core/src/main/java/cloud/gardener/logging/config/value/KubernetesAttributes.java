package cloud.gardener.logging.config.value;

/** Where the {@code k8s.*} attributes of a record go. */
public enum KubernetesAttributes {
  /** Into the resource, as the semantic conventions say. */
  RESOURCE,

  /** Into the log record, as the Go plugin does. */
  LOG,

  /** Into both. */
  BOTH
}
