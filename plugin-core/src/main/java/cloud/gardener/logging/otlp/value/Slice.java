package cloud.gardener.logging.otlp.value;

import java.nio.ByteBuffer;

/** A range of bytes in a buffer, not copied; may be empty. Not thread-safe. */
public final class Slice {
  public ByteBuffer bytes;
  public int offset;
  public int length;

  public void set(ByteBuffer in, int itsOffset, int itsLength) {
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
    return bytes.get(offset + index);
  }
}
