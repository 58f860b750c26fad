package cloud.gardener.logging.config.value;

/** How a request is compressed: the key {@code Compression}. */
public enum Compression {
  /** Not at all. */
  NONE,

  /** With gzip. */
  GZIP,

  /** With zstd. */
  ZSTD
}
