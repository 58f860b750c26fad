package cloud.gardener.logging.event;

/**
 * One msgpack value, read in place: a flyweight that {@link #read} moves over the bytes. Specification:
 * msgpack/spec.md.
 *
 * <p>Not thread-safe. Allocates nothing.
 */
public final class Value {
  /** The kinds of values. */
  public static final int NIL = 0;

  public static final int BOOLEAN = 1;

  /** An integer that fits a signed long. */
  public static final int INTEGER = 2;

  /** An integer above {@link Long#MAX_VALUE}: {@link #integer} holds its 64 bits. */
  public static final int UNSIGNED = 3;

  public static final int FLOAT = 4;
  public static final int STRING = 5;
  public static final int BINARY = 6;
  public static final int ARRAY = 7;
  public static final int MAP = 8;
  public static final int EXTENSION = 9;

  /** Result of {@link #read} and {@link #skip} for bytes that are not msgpack, or that end early. */
  public static final int MALFORMED = -1;

  /** One of the kinds above. */
  public int kind;

  /** The number of INTEGER and UNSIGNED; 0 or 1 for BOOLEAN; the type of EXTENSION. */
  public long integer;

  /** The number of FLOAT. */
  public double real;

  /** Offset of the bytes of STRING, BINARY and EXTENSION, and of the first element of ARRAY and MAP. */
  public int offset;

  /** Bytes of STRING, BINARY and EXTENSION; elements of ARRAY; pairs of MAP. */
  public int length;

  /**
   * Reads the value at {@code at}.
   *
   * @param end exclusive read bound
   * @return the offset after this value, or of its first element for ARRAY and MAP; or {@link #MALFORMED}
   */
  public int read(byte[] bytes, int at, int end) {
    if (at >= end) {
      return MALFORMED;
    }
    int head = bytes[at] & 0xff;
    int next = at + 1;
    if (head < 0x80) {
      return integer(head, next);
    }
    if (head < 0xa0) {
      return container(head < 0x90 ? MAP : ARRAY, head & 0x0f, next);
    }
    if (head < 0xc0) {
      return bytes(STRING, head & 0x1f, next, end);
    }
    return readLong(bytes, head, next, end);
  }

  /** Separate from {@link #read}, so that read is small enough to be inlined. */
  private int readLong(byte[] bytes, int head, int next, int end) {
    if (head >= 0xe0) {
      return integer((byte) head, next);
    }
    int width = width(head);
    if (width > end - next) {
      return MALFORMED;
    }
    return switch (head) {
      case 0xc0 -> nil(next);
      case 0xc2, 0xc3 -> bool(head & 1, next);
      case 0xc4 -> bytes(BINARY, bytes[next] & 0xff, next + 1, end);
      case 0xc5 -> bytes(BINARY, BigEndian.unsigned16(bytes, next), next + 2, end);
      case 0xc6 -> bytes(BINARY, BigEndian.int32(bytes, next), next + 4, end);
      case 0xc7 -> extension(bytes[next] & 0xff, bytes[next + 1], next + 2, end);
      case 0xc8 -> extension(BigEndian.unsigned16(bytes, next), bytes[next + 2], next + 3, end);
      case 0xc9 -> extension(BigEndian.int32(bytes, next), bytes[next + 4], next + 5, end);
      case 0xca -> real(Float.intBitsToFloat(BigEndian.int32(bytes, next)), next + 4);
      case 0xcb -> real(Double.longBitsToDouble(BigEndian.int64(bytes, next)), next + 8);
      case 0xcc -> integer(bytes[next] & 0xff, next + 1);
      case 0xcd -> integer(BigEndian.unsigned16(bytes, next), next + 2);
      case 0xce -> integer(BigEndian.unsigned32(bytes, next), next + 4);
      case 0xcf -> unsigned(BigEndian.int64(bytes, next), next + 8);
      case 0xd0 -> integer(bytes[next], next + 1);
      case 0xd1 -> integer((short) BigEndian.unsigned16(bytes, next), next + 2);
      case 0xd2 -> integer(BigEndian.int32(bytes, next), next + 4);
      case 0xd3 -> integer(BigEndian.int64(bytes, next), next + 8);
      case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 ->
          extension(1 << (head - 0xd4), bytes[next], next + 1, end);
      case 0xd9 -> bytes(STRING, bytes[next] & 0xff, next + 1, end);
      case 0xda -> bytes(STRING, BigEndian.unsigned16(bytes, next), next + 2, end);
      case 0xdb -> bytes(STRING, BigEndian.int32(bytes, next), next + 4, end);
      case 0xdc -> container(ARRAY, BigEndian.unsigned16(bytes, next), next + 2);
      case 0xdd -> container(ARRAY, BigEndian.int32(bytes, next), next + 4);
      case 0xde -> container(MAP, BigEndian.unsigned16(bytes, next), next + 2);
      case 0xdf -> container(MAP, BigEndian.int32(bytes, next), next + 4);
      default -> MALFORMED; // 0xc1, which the specification never uses
    };
  }

  /** Returns the bytes after a head of 0xc0 to 0xdf that hold type and length, or the number itself. */
  private static int width(int head) {
    return switch (head) {
      case 0xc4, 0xcc, 0xd0, 0xd9, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> 1;
      case 0xc5, 0xc7, 0xcd, 0xd1, 0xda, 0xdc, 0xde -> 2;
      case 0xc8 -> 3;
      case 0xc6, 0xca, 0xce, 0xd2, 0xdb, 0xdd, 0xdf -> 4;
      case 0xc9 -> 5;
      case 0xcb, 0xcf, 0xd3 -> 8;
      default -> 0;
    };
  }

  private int nil(int next) {
    kind = NIL;
    return next;
  }

  private int bool(int value, int next) {
    kind = BOOLEAN;
    integer = value;
    return next;
  }

  private int integer(long value, int next) {
    kind = INTEGER;
    integer = value;
    return next;
  }

  private int unsigned(long bits, int next) {
    kind = bits < 0 ? UNSIGNED : INTEGER;
    integer = bits;
    return next;
  }

  private int real(double value, int next) {
    kind = FLOAT;
    real = value;
    return next;
  }

  /** Rejects lengths above 2 GiB, which arrive as negative numbers: no chunk holds so many bytes. */
  private int bytes(int itsKind, int count, int start, int end) {
    if (count < 0 || count > end - start) {
      return MALFORMED;
    }
    kind = itsKind;
    offset = start;
    length = count;
    return start + count;
  }

  private int extension(int count, int type, int start, int end) {
    integer = type;
    return bytes(EXTENSION, count, start, end);
  }

  private int container(int itsKind, int count, int start) {
    if (count < 0) {
      return MALFORMED;
    }
    kind = itsKind;
    offset = start;
    length = count;
    return start;
  }

  /**
   * Skips the value at {@code at} with all nested values, and leaves this flyweight anywhere within it. A container
   * with a false count ends at {@code end} at the latest, because each value takes at least one byte.
   *
   * @return the offset of the next value, or {@link #MALFORMED}
   */
  public int skip(byte[] bytes, int at, int end) {
    int next = at;
    for (long left = 1; left > 0; left--) {
      next = read(bytes, next, end);
      if (next == MALFORMED) {
        return MALFORMED;
      }
      if (kind == ARRAY) {
        left += length;
      } else if (kind == MAP) {
        left += 2L * length;
      }
    }
    return next;
  }
}
