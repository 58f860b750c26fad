package cloud.gardener.logging.config.value;

/** The encoding of OTLP over HTTP: the key {@code HTTPEncoding}. */
public enum HttpEncoding {
  /** Binary protobuf: smaller, and sent as it is stored in the queue. */
  PROTOBUF,

  /** OTLP/JSON: for backends that accept nothing else. */
  JSON
}
