package cloud.gardener.logging.export.tls;

import java.util.Arrays;

/**
 * The subset of DER that is needed to wrap a key in another structure:
 *
 * <pre>
 *   tag (1 byte)  length (1 byte below 128, else 0x80 + count, then count bytes)  content
 * </pre>
 */
final class Der {
  static final int INTEGER = 0x02;
  static final int OCTET_STRING = 0x04;
  static final int SEQUENCE = 0x30;

  /** The first optional field of a sequence, {@code [0]}. */
  static final int FIELD_0 = 0xa0;

  private static final int LONG_LENGTH = 0x80;

  private final byte[] bytes;
  private int position;

  /** Reads consecutive elements. Not thread-safe. */
  Der(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean hasNext() {
    return position < bytes.length;
  }

  /** The tag of the next element. */
  int nextTag() {
    return bytes[position] & 0xff;
  }

  /**
   * Reads the content of the next element.
   *
   * @throws IndexOutOfBoundsException when the bytes end too early
   */
  byte[] read() {
    position++;
    int length = bytes[position++] & 0xff;
    if (length >= LONG_LENGTH) {
      int count = length - LONG_LENGTH;
      length = 0;
      for (int i = 0; i < count; i++) {
        length = length << 8 | bytes[position++] & 0xff;
      }
    }
    if (length < 0 || length > bytes.length - position) {
      throw new IndexOutOfBoundsException("DER: length " + length);
    }
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  /** Concatenates the parts and prefixes them with a tag and their length. */
  static byte[] write(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] header = header(tag, length);
    byte[] written = Arrays.copyOf(header, header.length + length);
    int end = header.length;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, written, end, part.length);
      end += part.length;
    }
    return written;
  }

  private static byte[] header(int tag, int length) {
    if (length < LONG_LENGTH) {
      return new byte[] {(byte) tag, (byte) length};
    }
    int count = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
    byte[] header = new byte[2 + count];
    header[0] = (byte) tag;
    header[1] = (byte) (LONG_LENGTH + count);
    for (int i = 0; i < count; i++) {
      header[1 + count - i] = (byte) (length >> 8 * i);
    }
    return header;
  }
}
