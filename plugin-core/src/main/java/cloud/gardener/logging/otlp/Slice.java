package cloud.gardener.logging.otlp;

import java.nio.ByteBuffer;

/** Some bytes, where they lie. Empty when there are none. Not thread-safe. */
final class Slice {
  ByteBuffer bytes;
  int offset;
  int length;

  void set(ByteBuffer in, int itsOffset, int itsLength) {
    bytes = in;
    offset = itsOffset;
    length = itsLength;
  }

  void clear() {
    length = 0;
  }

  boolean isEmpty() {
    return length == 0;
  }

  byte get(int index) {
    return bytes.get(offset + index);
  }
}
