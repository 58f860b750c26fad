package cloud.gardener.logging.migration;

import java.nio.ByteBuffer;

/**
 * Reads one gob stream with one value of a type that implements BinaryMarshaler, which is how the plugin in Go stores
 * an item:
 *
 * <pre>
 *   length  -id  6 ...                            the definition of the type
 *   length   id  0  count  bytes                  the value: what MarshalBinary returned
 * </pre>
 *
 * <p>An integer below 128 is one byte. A larger one is the negated number of its bytes, and these, big-endian. Signed
 * integers have their sign in the lowest bit.
 */
final class GoGob {
  /** The field of a wireType that is set for such a type. */
  private static final int BINARY_MARSHALER = 6;

  private static final int MAX_INTEGER_BYTES = 8;

  private GoGob() {}

  /**
   * Sets the position and limit of {@code gob} to the bytes of its value.
   *
   * @throws UnreadableException when it is anything else
   */
  static void seekValue(ByteBuffer gob) throws UnreadableException {
    int definitionEnd = readMessageEnd(gob);
    long definedId = readSigned(gob);
    require(definedId < 0 && readUnsigned(gob) == BINARY_MARSHALER && gob.position() <= definitionEnd);
    gob.position(definitionEnd);
    int valueEnd = readMessageEnd(gob);
    require(readSigned(gob) == -definedId && readUnsigned(gob) == 0);
    require(readUnsigned(gob) == gob.remaining() && gob.limit() == valueEnd);
  }

  private static int readMessageEnd(ByteBuffer gob) throws UnreadableException {
    long length = readUnsigned(gob);
    require(length >= 0 && length <= gob.remaining());
    return gob.position() + (int) length;
  }

  private static long readSigned(ByteBuffer gob) throws UnreadableException {
    long bits = readUnsigned(gob);
    return (bits & 1) == 0 ? bits >>> 1 : ~(bits >>> 1);
  }

  private static long readUnsigned(ByteBuffer gob) throws UnreadableException {
    require(gob.hasRemaining());
    int first = gob.get();
    if (first >= 0) {
      return first;
    }
    int bytes = -first;
    require(bytes <= MAX_INTEGER_BYTES && bytes <= gob.remaining());
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | gob.get() & 0xff;
    }
    return value;
  }

  private static void require(boolean condition) throws UnreadableException {
    if (!condition) {
      throw new UnreadableException("it is not the gob of a log record");
    }
  }
}
