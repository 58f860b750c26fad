package cloud.gardener.logging.metrics.server;

import java.io.IOException;
import java.io.OutputStream;

/** The body of a response: written at most once (never for HEAD), and closed in any case. */
@FunctionalInterface
interface BodyWriter extends AutoCloseable {
  /** The length is known only after the body is written. */
  long UNKNOWN_LENGTH = 0;

  /** The length in bytes, or {@link #UNKNOWN_LENGTH}. */
  default long length() {
    return UNKNOWN_LENGTH;
  }

  /** Writes the body. Any exception other than an {@link IOException} counts as a failure of the page. */
  void writeTo(OutputStream out) throws IOException;

  @Override
  default void close() {
    // There is nothing to release.
  }

  /** A body that is in memory already. */
  static BodyWriter of(byte[] bytes) {
    return new BodyWriter() {
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
