package cloud.gardener.logging.event;

import java.nio.ByteBuffer;

/**
 * A growing buffer for msgpack. Heads use the long form, so that their count can be written once it is known. Not
 * thread-safe. Allocates only to grow.
 */
public final class MsgPackBuffer {
  private static final int INITIAL_BYTES = 4 << 10;
  private static final int KEPT_BYTES = 1 << 20;

  // Direct, as chunks are: code that reads both kinds of buffers is slower for each.
  private ByteBuffer bytes = ByteBuffer.allocateDirect(INITIAL_BYTES);

  /** Removes the content; releases a large buffer. */
  public void reset() {
    if (bytes.capacity() > KEPT_BYTES) {
      bytes = ByteBuffer.allocateDirect(INITIAL_BYTES);
    }
    bytes.clear();
  }

  /** The content, {@link #size} bytes from offset 0. Valid until the buffer grows or is reset. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** Number of bytes that were written. */
  public int size() {
    return bytes.position();
  }

  /** Begins a map; returns the offset for {@link #count}. */
  public int map() {
    return head(0xdf);
  }

  /** Begins an array; returns the offset for {@link #count}. */
  public int array() {
    return head(0xdd);
  }

  /** Begins a string; returns the offset for {@link #count}. */
  public int string() {
    return head(0xdb);
  }

  private int head(int type) {
    reserve(5);
    bytes.put((byte) type).putInt(0);
    return bytes.position() - 4;
  }

  /** Sets how many pairs, elements or bytes follow a head. */
  public void count(int headAt, int count) {
    bytes.putInt(headAt, count);
  }

  /** Appends a byte as it is. */
  public void raw(int value) {
    reserve(1);
    bytes.put((byte) value);
  }

  /** Appends {@code length} bytes at {@code offset} as they are. */
  public void raw(ByteBuffer in, int offset, int length) {
    reserve(length);
    bytes.put(bytes.position(), in, offset, length);
    bytes.position(bytes.position() + length);
  }

  /** Writes a signed integer. */
  public void integer(long value) {
    reserve(9);
    bytes.put((byte) 0xd3).putLong(value);
  }

  /** Writes an unsigned integer. */
  public void unsigned(long bits) {
    reserve(9);
    bytes.put((byte) 0xcf).putLong(bits);
  }

  /** Writes a float. */
  public void real(double value) {
    reserve(9);
    bytes.put((byte) 0xcb).putDouble(value);
  }

  public void bool(boolean value) {
    raw(value ? 0xc3 : 0xc2);
  }

  /** Writes a whole string. */
  public void text(byte[] utf8) {
    sized(0xdb, utf8);
  }

  /** Writes a whole binary value. */
  public void binary(byte[] value) {
    sized(0xc6, value);
  }

  private void sized(int type, byte[] value) {
    reserve(5 + value.length);
    bytes.put((byte) type).putInt(value.length).put(value);
  }

  /** Writes a timestamp as Fluent Bit does. */
  public void time(int unixSeconds, int nanos) {
    reserve(10);
    bytes.putShort((short) 0xd700).putInt(unixSeconds).putInt(nanos);
  }

  private void reserve(int more) {
    if (more > bytes.remaining()) {
      ByteBuffer larger =
          ByteBuffer.allocateDirect(Math.max(2 * bytes.capacity(), bytes.position() + more));
      bytes = larger.put(bytes.flip());
    }
  }
}
