package cloud.gardener.logging.config.value;

/** The HTTP version for a backend of OTLP over HTTP: the key {@code HTTPVersion}. */
public enum HttpVersion {
  /** Over TLS, HTTP/2 or HTTP/1.1, whichever the server prefers; over plaintext, HTTP/1.1. */
  AUTO,

  HTTP_1_1,

  /** HTTP/2; over plaintext, with prior knowledge instead of an upgrade. */
  HTTP_2
}
