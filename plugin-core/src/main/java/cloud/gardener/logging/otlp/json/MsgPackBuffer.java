package cloud.gardener.logging.otlp.json;

import java.nio.ByteBuffer;

/**
 * A growing buffer for msgpack. Heads use the long form, so that their count can be written once it is known. Not
 * thread-safe. Allocates only to grow.
 */
final class MsgPackBuffer {
  private static final int INITIAL_BYTES = 4 << 10;
  private static final int KEPT_BYTES = 1 << 20;

  // Direct, as chunks are: code that reads both kinds of buffers is slower for each.
  private ByteBuffer bytes = ByteBuffer.allocateDirect(INITIAL_BYTES);

  void reset() {
    if (bytes.capacity() > KEPT_BYTES) {
      bytes = ByteBuffer.allocateDirect(INITIAL_BYTES);
    }
    bytes.clear();
  }

  ByteBuffer bytes() {
    return bytes;
  }

  int size() {
    return bytes.position();
  }

  /** Begins a map; returns the offset for {@link #count}. */
  int map() {
    return head(0xdf);
  }

  /** Begins an array; returns the offset for {@link #count}. */
  int array() {
    return head(0xdd);
  }

  /** Begins a string; returns the offset for {@link #count}. */
  int string() {
    return head(0xdb);
  }

  private int head(int type) {
    reserve(5);
    bytes.put((byte) type).putInt(0);
    return bytes.position() - 4;
  }

  /** Sets how many pairs, elements or bytes follow a head. */
  void count(int headAt, int count) {
    bytes.putInt(headAt, count);
  }

  void raw(int value) {
    reserve(1);
    bytes.put((byte) value);
  }

  void raw(ByteBuffer in, int offset, int length) {
    reserve(length);
    bytes.put(bytes.position(), in, offset, length);
    bytes.position(bytes.position() + length);
  }

  void integer(long value) {
    reserve(9);
    bytes.put((byte) 0xd3).putLong(value);
  }

  void unsigned(long bits) {
    reserve(9);
    bytes.put((byte) 0xcf).putLong(bits);
  }

  void real(double value) {
    reserve(9);
    bytes.put((byte) 0xcb).putDouble(value);
  }

  private void reserve(int more) {
    if (more > bytes.remaining()) {
      ByteBuffer larger =
          ByteBuffer.allocateDirect(Math.max(2 * bytes.capacity(), bytes.position() + more));
      bytes = larger.put(bytes.flip());
    }
  }
}
