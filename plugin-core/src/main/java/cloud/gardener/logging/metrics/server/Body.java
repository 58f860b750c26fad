package cloud.gardener.logging.metrics.server;

import java.io.IOException;
import java.io.OutputStream;

/** The body of an answer: written once, or not at all, as with HEAD; closed in any case. */
interface Body extends AutoCloseable {
  /** A length that is known only when all is written. */
  long UNKNOWN_LENGTH = 0;

  /** The length in bytes, or {@link #UNKNOWN_LENGTH}. */
  default long length() {
    return UNKNOWN_LENGTH;
  }

  /** Writes it. What it throws but an {@link IOException} is a failure of the page. */
  void writeTo(OutputStream out) throws IOException;

  @Override
  default void close() {
    // Nothing is held.
  }

  /** A body that is there already. */
  static Body of(byte[] bytes) {
    return new Body() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
      }
    };
  }
}
