package cloud.gardener.logging.export.transport;

import cloud.gardener.logging.export.ExportRequest;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A request in gRPC's form. gRPC asks for the length, takes a buffer of that size from Netty, and drains the parts
 * into it: the only copy between the queue's arrays and the socket.
 *
 * <p>Not thread-safe. Does not change the parts' positions.
 */
public final class RequestStream extends InputStream implements KnownLength, Drainable {
  private static final int COPY_BYTES = 16 * 1024;

  private final List<ByteBuffer> parts;
  private int remaining;
  private int part;
  private int offsetInPart;

  public RequestStream(ExportRequest request) {
    this.parts = request.parts();
    this.remaining = request.bytes();
  }

  @Override
  public int available() {
    return remaining;
  }

  @Override
  public int drainTo(OutputStream target) throws IOException {
    final int drained = remaining;
    for (; part < parts.size(); part++, offsetInPart = 0) {
      write(parts.get(part), offsetInPart, target);
    }
    remaining = 0;
    return drained;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    while (part < parts.size()) {
      ByteBuffer source = parts.get(part);
      int count = Math.min(length, source.remaining() - offsetInPart);
      if (count > 0) {
        source.get(source.position() + offsetInPart, target, offset, count);
        offsetInPart += count;
        remaining -= count;
        return count;
      }
      part++;
      offsetInPart = 0;
    }
    return -1;
  }

  private static void write(ByteBuffer source, int skip, OutputStream target) throws IOException {
    final int start = source.position() + skip;
    if (source.hasArray()) {
      target.write(source.array(), source.arrayOffset() + start, source.limit() - start);
      return;
    }
    byte[] copy = new byte[Math.min(COPY_BYTES, source.limit() - start)];
    for (int offset = start; offset < source.limit(); offset += copy.length) {
      int count = Math.min(copy.length, source.limit() - offset);
      source.get(offset, copy, 0, count);
      target.write(copy, 0, count);
    }
  }
}
