package cloud.gardener.logging.otlp;

import cloud.gardener.logging.event.MsgPackBuffer;
import cloud.gardener.logging.event.Value;

/**
 * Writes an event as msgpack, in part copied from other msgpack. Container heads use the long form, so that the count
 * can be written once it is known. Not thread-safe. Allocates only to grow.
 */
final class MsgPackCopy {
  /** Size of the head of a container that this class writes. */
  static final int CONTAINER_HEAD_BYTES = 5;

  /** Maximum size of the head of a string, a binary value or an extension. */
  static final int MAX_LEAF_HEAD_BYTES = 6;

  private static final int PAIR = 0x92;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int GROUP_START = 0xFFFFFFFF;
  private static final long FIRST_MARKER = 0xFFFFFFFEL;

  private final MsgPackBuffer out = new MsgPackBuffer();

  /** Removes the content, and makes room for a copy of this size, so that the array rarely grows in steps. */
  void reset(int likelyBytes) {
    out.reset();
    out.reserve(likelyBytes);
  }

  int size() {
    return out.size();
  }

  /** Returns the array whose first {@link #size} bytes were written; valid until the next write. */
  byte[] bytes() {
    return out.bytes();
  }

  /** Writes the head of an array with two elements. */
  void pair() {
    out.raw(PAIR);
  }

  /** Begins a map or an array; returns the offset for {@link #count}. */
  int container(int kind) {
    return kind == Value.MAP ? out.map() : out.array();
  }

  void count(int headAt, int count) {
    out.count(headAt, count);
  }

  /** Writes the timestamp that marks an event as the start of a group. */
  void groupStart() {
    out.time(GROUP_START, 0);
  }

  /** Writes the event's time; if the extension cannot represent it, the nanoseconds are lost. */
  void time(long unixNano) {
    long seconds = Long.divideUnsigned(unixNano, NANOS_PER_SECOND);
    if (seconds < FIRST_MARKER) {
      out.time((int) seconds, (int) Long.remainderUnsigned(unixNano, NANOS_PER_SECOND));
    } else {
      out.unsigned(seconds);
    }
  }

  void string(byte[] text) {
    out.text(text);
  }

  void bool(boolean value) {
    out.bool(value);
  }

  void integer(long value) {
    out.integer(value);
  }

  /** Writes a string, a binary value or an extension with its first {@code length} bytes. */
  void leaf(byte[] in, Value value, int length) {
    switch (value.kind) {
      case Value.STRING -> out.count(out.string(), length);
      case Value.BINARY -> out.count(out.binary(), length);
      default -> out.extension((int) value.integer, length);
    }
    out.raw(in, value.offset, length);
  }

  /** Copies bytes unchanged. */
  void raw(byte[] in, int offset, int length) {
    out.raw(in, offset, length);
  }
}
