package cloud.gardener.logging.config.value;

/** How a request is compressed: the key {@code Compression}. */
public enum Compression {
  NONE,

  GZIP,

  ZSTD
}
