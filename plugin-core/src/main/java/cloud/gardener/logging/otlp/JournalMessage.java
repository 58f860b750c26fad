package cloud.gardener.logging.otlp;

import cloud.gardener.logging.event.Value;
import cloud.gardener.logging.otlp.keys.Names;
import cloud.gardener.logging.otlp.value.Slice;

/**
 * A journald message with unprintable bytes, such as terminal colors. It arrives as binary or, as {@code journalctl -o
 * json} writes it, as a list of its bytes. Both are treated as text.
 *
 * <p>Not thread-safe. Allocates for a list; such messages are rare.
 */
final class JournalMessage {
  private static final Names NAMES = new Names(new String[] {"MESSAGE"});

  private final Value value = new Value();

  /** Finds the bytes of such a message under this key; returns false if it is none. */
  boolean read(byte[] in, int keyOffset, int keyLength, int valueAt, int end, Slice message) {
    int first = value.read(in, valueAt, end);
    boolean binary = value.kind == Value.BINARY;
    if (keyLength < 0
        || !binary && (value.kind != Value.ARRAY || value.length == 0)
        || NAMES.code(in, keyOffset, keyLength) == Names.UNKNOWN) {
      return false;
    }
    if (binary) {
      message.set(in, value.offset, value.length);
      return true;
    }
    return list(in, first, value.length, end, message);
  }

  private boolean list(byte[] in, int first, int elements, int end, Slice message) {
    byte[] bytes = new byte[elements];
    int at = first;
    for (int i = 0; i < elements; i++) {
      at = value.read(in, at, end);
      if (value.kind != Value.INTEGER || value.integer < Byte.MIN_VALUE || value.integer > 0xff) {
        return false;
      }
      bytes[i] = (byte) value.integer;
    }
    message.set(bytes, 0, elements);
    return true;
  }
}
