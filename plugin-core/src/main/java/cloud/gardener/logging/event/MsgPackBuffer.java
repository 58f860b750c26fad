package cloud.gardener.logging.event;

import java.util.Arrays;

/**
 * A growing array for msgpack. Heads use the long form, so that their count can be written once it is known. Not
 * thread-safe. Allocates only to grow.
 */
public final class MsgPackBuffer {
  private static final int INITIAL_BYTES = 4 << 10;
  private static final int KEPT_BYTES = 1 << 20;

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int size;

  /** Removes the content; releases a large array. */
  public void reset() {
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[INITIAL_BYTES];
    }
    size = 0;
  }

  /** The content, {@link #size} bytes from offset 0. Valid until the array grows or is reset. */
  public byte[] bytes() {
    return bytes;
  }

  /** Number of bytes that were written. */
  public int size() {
    return size;
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
    head(type, 0);
    return size - Integer.BYTES;
  }

  private void head(int type, int count) {
    reserve(1 + Integer.BYTES);
    bytes[size] = (byte) type;
    BigEndian.setInt32(bytes, size + 1, count);
    size += 1 + Integer.BYTES;
  }

  /** Sets how many pairs, elements or bytes follow a head. */
  public void count(int headAt, int count) {
    BigEndian.setInt32(bytes, headAt, count);
  }

  /** Appends a byte as it is. */
  public void raw(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  /** Appends {@code length} bytes at {@code offset} as they are. */
  public void raw(byte[] in, int offset, int length) {
    reserve(length);
    System.arraycopy(in, offset, bytes, size, length);
    size += length;
  }

  /** Writes a signed integer. */
  public void integer(long value) {
    number(0xd3, value);
  }

  /** Writes an unsigned integer. */
  public void unsigned(long bits) {
    number(0xcf, bits);
  }

  /** Writes a float. */
  public void real(double value) {
    number(0xcb, Double.doubleToRawLongBits(value));
  }

  private void number(int type, long bits) {
    reserve(1 + Long.BYTES);
    bytes[size] = (byte) type;
    BigEndian.setInt64(bytes, size + 1, bits);
    size += 1 + Long.BYTES;
  }

  public void bool(boolean value) {
    raw(value ? 0xc3 : 0xc2);
  }

  /** Writes a whole string. */
  public void text(byte[] utf8) {
    head(0xdb, utf8.length);
    raw(utf8, 0, utf8.length);
  }

  /** Begins a binary value; returns the offset for {@link #count}. */
  public int binary() {
    return head(0xc6);
  }

  /** Writes a whole binary value. */
  public void binary(byte[] value) {
    head(0xc6, value.length);
    raw(value, 0, value.length);
  }

  /** Begins an extension with {@code length} bytes, which {@link #raw} appends. */
  public void extension(int type, int length) {
    head(0xc9, length);
    raw(type);
  }

  /** Writes a timestamp as Fluent Bit does. */
  public void time(int unixSeconds, int nanos) {
    reserve(2 + 2 * Integer.BYTES);
    bytes[size] = (byte) 0xd7;
    bytes[size + 1] = 0;
    BigEndian.setInt32(bytes, size + 2, unixSeconds);
    BigEndian.setInt32(bytes, size + 2 + Integer.BYTES, nanos);
    size += 2 + 2 * Integer.BYTES;
  }

  /** Grows the array once for {@code more} bytes. */
  public void reserve(int more) {
    if (more > bytes.length - size) {
      long wanted = Math.max((long) size + more, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, Math.toIntExact(wanted));
    }
  }
}
