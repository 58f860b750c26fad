package cloud.gardener.logging.export.transport;

import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Compresses all written bytes with zstd at once, when it is closed. The result is one frame that states the length
 * of its content, so every receiver can read it, and the compressor's tables have the right size. A stream would
 * allocate tables and windows for 2 MiB, however short the request.
 *
 * <p>Memory until it is closed: the written bytes, up to as much again for the result, and at most about 2 MiB of
 * tables. A request is below 4 MiB. Not thread-safe.
 */
public final class ZstdOutput extends ByteArrayOutputStream {
  private final OutputStream target;
  private boolean closed;

  /** @param expectedBytes approximate number of bytes that will be written */
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
