package cloud.gardener.logging.otlp;

import cloud.gardener.logging.event.Value;
import cloud.gardener.logging.otlp.keys.Names;
import java.nio.ByteBuffer;

/**
 * A journald message with unprintable bytes, such as terminal colors. It arrives as binary or, as {@code journalctl -o
 * json} writes it, as a list of its bytes. Both are treated as text.
 *
 * <p>Not thread-safe. Allocates; such messages are rare.
 */
final class JournalMessage {
  private static final Names NAMES = new Names(new String[] {"MESSAGE"});

  private final Value value = new Value();

  /** Returns the bytes of such a message under this key, or null if it is none. */
  ByteBuffer bytes(ByteBuffer in, int keyOffset, int keyLength, int valueAt, int end) {
    int first = value.read(in, valueAt, end);
    boolean binary = value.kind == Value.BINARY;
    if (keyLength < 0
        || !binary && (value.kind != Value.ARRAY || value.length == 0)
        || NAMES.code(in, keyOffset, keyLength) == Names.UNKNOWN) {
      return null;
    }
    return binary ? in.slice(value.offset, value.length) : list(in, first, value.length, end);
  }

  private ByteBuffer list(ByteBuffer in, int first, int elements, int end) {
    byte[] bytes = new byte[elements];
    int at = first;
    for (int i = 0; i < elements; i++) {
      at = value.read(in, at, end);
      if (value.kind != Value.INTEGER || value.integer < Byte.MIN_VALUE || value.integer > 0xff) {
        return null;
      }
      bytes[i] = (byte) value.integer;
    }
    return ByteBuffer.wrap(bytes);
  }
}
