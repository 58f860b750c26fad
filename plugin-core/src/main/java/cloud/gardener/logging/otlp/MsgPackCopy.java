package cloud.gardener.logging.otlp;

import cloud.gardener.logging.event.Value;
import java.nio.ByteBuffer;

/**
 * Writes msgpack, in part copied from other msgpack. Container heads use the long form, so that the count can be
 * written once it is known. Not thread-safe. Allocates only to grow.
 */
final class MsgPackCopy {
  /** Size of the head of a container that this class writes. */
  static final int CONTAINER_HEAD_BYTES = 5;

  /** Maximum size of the head of a string, a binary value or an extension. */
  static final int MAX_LEAF_HEAD_BYTES = 6;

  private static final int INITIAL_BYTES = 64 << 10;

  // Direct, as chunks are: code that reads both kinds of buffers is slower for each.
  private ByteBuffer bytes = ByteBuffer.allocateDirect(INITIAL_BYTES);

  void reset() {
    bytes.clear();
  }

  int size() {
    return bytes.position();
  }

  /** Returns what was written; valid until the next write. */
  ByteBuffer written() {
    return bytes.duplicate().flip();
  }

  /** Writes the head of an array with two elements. */
  void pair() {
    reserve(1);
    bytes.put((byte) 0x92);
  }

  /** Begins a map or an array; returns the offset for {@link #count}. */
  int container(int kind) {
    reserve(CONTAINER_HEAD_BYTES);
    bytes.put((byte) (kind == Value.MAP ? 0xdf : 0xdd)).putInt(0);
    return bytes.position() - Integer.BYTES;
  }

  void count(int headAt, int count) {
    bytes.putInt(headAt, count);
  }

  /** Writes the timestamp that marks an event as the start of a group. */
  void groupStart() {
    reserve(2 + Long.BYTES);
    bytes.put((byte) 0xd7).put((byte) 0).putInt(0xFFFFFFFF).putInt(0);
  }

  /** Writes the event's time; if the extension cannot represent it, the nanoseconds are lost. */
  void time(long unixNano) {
    long seconds = Long.divideUnsigned(unixNano, 1_000_000_000);
    reserve(2 + Long.BYTES);
    if (seconds < 0xFFFFFFFEL) {
      bytes.put((byte) 0xd7).put((byte) 0).putInt((int) seconds);
      bytes.putInt((int) Long.remainderUnsigned(unixNano, 1_000_000_000));
    } else {
      bytes.put((byte) 0xcf).putLong(seconds);
    }
  }

  void string(byte[] text) {
    reserve(MAX_LEAF_HEAD_BYTES + text.length);
    bytes.put((byte) 0xdb).putInt(text.length).put(text);
  }

  void bool(boolean value) {
    reserve(1);
    bytes.put((byte) (value ? 0xc3 : 0xc2));
  }

  void integer(long value) {
    reserve(1 + Long.BYTES);
    bytes.put((byte) 0xd3).putLong(value);
  }

  /** Writes a string, a binary value or an extension with its first {@code length} bytes. */
  void leaf(ByteBuffer in, Value value, int length) {
    reserve(MAX_LEAF_HEAD_BYTES + length);
    switch (value.kind) {
      case Value.STRING -> bytes.put((byte) 0xdb).putInt(length);
      case Value.BINARY -> bytes.put((byte) 0xc6).putInt(length);
      default -> bytes.put((byte) 0xc9).putInt(length).put((byte) value.integer);
    }
    raw(in, value.offset, length);
  }

  /** Copies bytes unchanged. */
  void raw(ByteBuffer in, int offset, int length) {
    reserve(length);
    bytes.put(bytes.position(), in, offset, length);
    bytes.position(bytes.position() + length);
  }

  private void reserve(int more) {
    if (more > bytes.remaining()) {
      int wanted = Math.max(bytes.position() + more, 2 * bytes.capacity());
      bytes = ByteBuffer.allocateDirect(wanted).put(bytes.flip());
    }
  }
}
