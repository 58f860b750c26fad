package cloud.gardener.logging.config.value;

/** How OTLP over HTTP is written: the key {@code HTTPEncoding}. */
public enum HttpEncoding {
  /** Binary protobuf: smaller, and sent as it lies in the queue. */
  PROTOBUF,

  /** OTLP/JSON: for backends that take nothing else. */
  JSON
}
