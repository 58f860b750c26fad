package cloud.gardener.logging.otlp.value;

/** A range of bytes in an array, not copied; may be empty. Not thread-safe. */
public final class Slice {
  public byte[] bytes;
  public int offset;
  public int length;

  public void set(byte[] in, int itsOffset, int itsLength) {
    bytes = in;
    offset = itsOffset;
    length = itsLength;
  }

  public void clear() {
    length = 0;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  public byte get(int index) {
    return bytes[offset + index];
  }
}
