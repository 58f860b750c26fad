package cloud.gardener.logging.export.transport;

import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Compresses with zstd what is written to it, at its end and at once: one frame that says how long its
 * content is, which every receiver can read, and for which the compressor's tables are sized. A stream
 * would hold tables and windows for 2 MiB, however short the request.
 *
 * <p>Memory until it is closed: what was written, up to as much again for the result, and at most about
 * 2 MiB of tables. A request is below 4 MiB. Not thread-safe.
 */
public final class ZstdOutput extends ByteArrayOutputStream {
  private final OutputStream target;
  private boolean closed;

  /**
   * @param expectedBytes how much will be written, about
   */
  public ZstdOutput(OutputStream target, int expectedBytes) {
    super(expectedBytes);
    this.target = target;
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    ZstdCompressor compressor = new ZstdCompressor();
    byte[] frame = new byte[compressor.maxCompressedLength(count)];
    int length = compressor.compress(buf, 0, count, frame, 0, frame.length);
    target.write(frame, 0, length);
    target.close();
  }
}
