package cloud.gardener.logging.jni;

import java.nio.ByteBuffer;

/** Counts the events of a chunk, and validates their form: [[time, {}], {text: text}], with short or wide heads. */
final class Events {
  private Events() {}

  static long count(ByteBuffer chunk) {
    long events = 0;
    while (chunk.hasRemaining()) {
      expectHead(chunk, 0x92, 0xdd);
      expectHead(chunk, 0x92, 0xdd);
      expect(chunk, 0xd7);
      expect(chunk, 0x00);
      chunk.getLong(); // seconds and nanoseconds
      expectHead(chunk, 0x80, 0xdf);
      expectHead(chunk, 0x81, 0xdf);
      skipText(chunk);
      skipText(chunk);
      events++;
    }
    return events;
  }

  private static void skipText(ByteBuffer chunk) {
    int head = chunk.get() & 0xff;
    int length;
    switch (head) {
      case 0xd9:
        length = chunk.get() & 0xff;
        break;
      case 0xda:
        length = chunk.getShort() & 0xffff;
        break;
      case 0xdb:
        length = chunk.getInt();
        break;
      default:
        if ((head & 0xe0) != 0xa0) {
          throw new IllegalArgumentException("no text but " + head + " before " + chunk.position());
        }
        length = head & 0x1f;
    }
    chunk.position(chunk.position() + length);
  }

  /** The head of an array or a map: one byte with the number of entries, or that number in 32 bits. */
  private static void expectHead(ByteBuffer chunk, int fix, int wide) {
    if ((chunk.get(chunk.position()) & 0xff) == wide) {
      chunk.get();
      if (chunk.getInt() != (fix & 0x0f)) {
        throw new IllegalArgumentException(
            "another number of entries before " + chunk.position());
      }
    } else {
      expect(chunk, fix);
    }
  }

  private static void expect(ByteBuffer chunk, int wanted) {
    int found = chunk.get() & 0xff;
    if (found != wanted) {
      throw new IllegalArgumentException(
          "expected " + wanted + " but found " + found + " before " + chunk.position());
    }
  }
}
