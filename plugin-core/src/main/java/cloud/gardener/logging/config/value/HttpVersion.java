package cloud.gardener.logging.config.value;

/** What is spoken with a backend of OTLP over HTTP: the key {@code HTTPVersion}. */
public enum HttpVersion {
  /** Over TLS what the server likes best, HTTP/2 or HTTP/1.1; over plaintext HTTP/1.1. */
  AUTO,

  /** HTTP/1.1. */
  HTTP_1_1,

  /** HTTP/2, over plaintext without asking first. */
  HTTP_2
}
