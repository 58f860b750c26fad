package cloud.gardener.logging.otlp.value;

/** Reads protobuf's numbers of variable length: seven bits a byte, the lowest first, until a byte is not negative. */
public final class Varint {
  private static final int BITS = 7;
  private static final int MASK = 0x7f;

  private Varint() {}

  /** Returns the number at {@code at}, if it is an int. */
  public static int value(byte[] array, int at) {
    int value = 0;
    int shift = 0;
    int next = at;
    byte part;
    do {
      part = array[next++];
      value |= (part & MASK) << shift;
      shift += BITS;
    } while (part < 0);
    return value;
  }

  /** Returns the index behind the number at {@code at}. */
  public static int end(byte[] array, int at) {
    int next = at;
    while (array[next++] < 0) {
      // Not the last byte.
    }
    return next;
  }
}
