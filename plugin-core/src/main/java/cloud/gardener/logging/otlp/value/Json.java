package cloud.gardener.logging.otlp.value;

import cloud.gardener.logging.event.Pairs;
import cloud.gardener.logging.event.Value;
import java.util.Arrays;

/**
 * Writes a msgpack value as JSON text, for bodies and for values that OTLP cannot hold: values nested too deep, and
 * keys that are not strings. The text is always complete and valid JSON. Keys are unique. A key that is not a string
 * becomes the string of its JSON; a list or a map becomes its msgpack bytes in base64.
 *
 * <p>No recursion: each level of nesting costs two numbers. Not thread-safe. Allocates only to grow, and as described
 * for {@link JsonScalars}.
 */
public final class Json {
  private static final int KEPT_LEVELS = 1024;
  private static final long MAP_BIT = Long.MIN_VALUE;

  private final Value value = new Value();
  private final ProtoBuffer text = new ProtoBuffer();
  private final JsonScalars scalars;
  private final UniqueKeys unique;

  /** Values left in each open container. For a map, keys and values both count, and the sign bit is set. */
  private long[] open = new long[KEPT_LEVELS];

  /** The mark of each open map in {@link UniqueKeys}. */
  private int[] maps = new int[KEPT_LEVELS];

  public Json(Text text, UniqueKeys unique) {
    this.scalars = new JsonScalars(text);
    this.unique = unique;
  }

  /** Writes the value at {@code at} as a string field and returns the offset of the next value. */
  int field(ProtoBuffer out, int tag, byte[] in, int at, int end) {
    text.reset();
    int next = write(in, at, end);
    finish(out, tag);
    return next;
  }

  /** Writes the value at {@code at} as an AnyValue with a string and returns the offset of the next value. */
  public int anyField(ProtoBuffer out, int tag, byte[] in, int at, int end) {
    text.reset();
    int next = write(in, at, end);
    finishAny(out, tag);
    return next;
  }

  /** Writes a record without one of its pairs ({@code without}, or -1 for none) as an AnyValue with a string. */
  public void anyField(ProtoBuffer out, int tag, byte[] in, Pairs pairs, int without, int end) {
    text.reset();
    text.byteOf('{');
    int map = unique.open();
    for (int i = 0; i < pairs.count(); i++) {
      if (i != without) {
        key(in, pairs.keyAt(i), end);
        write(in, pairs.valueAt(i), end);
        text.byteOf(',');
      }
    }
    unique.close(text, map);
    closeWith('}', '{');
    finishAny(out, tag);
  }

  private void finish(ProtoBuffer out, int tag) {
    out.bytesField(tag, text.array, 0, text.size);
    if (open.length > KEPT_LEVELS) {
      open = new long[KEPT_LEVELS];
      maps = new int[KEPT_LEVELS];
    }
  }

  private void finishAny(ProtoBuffer out, int tag) {
    int lengthBytes = ProtoBuffer.varintBytes(text.size + 1 + ProtoBuffer.varintBytes(text.size));
    int mark = out.begin(tag, lengthBytes);
    finish(out, Fields.ANY_STRING);
    out.end(mark, lengthBytes);
  }

  /** Writes a value. Each value in a container ends with a comma, which the end of the container overwrites. */
  private int write(byte[] in, int start, int end) {
    int at = start;
    int depth = 0;
    do {
      if (depth > 0 && open[depth - 1] < 0) {
        at = key(in, at, end);
        open[depth - 1]--;
      }
      int next = value.read(in, at, end);
      if (value.kind == Value.ARRAY || value.kind == Value.MAP) {
        open(depth++);
      } else {
        scalars.write(text, in, value);
        if (depth > 0) {
          text.byteOf(',');
          open[depth - 1]--;
        }
      }
      at = next;
      depth = close(depth);
    } while (depth > 0);
    return at;
  }

  private int key(byte[] in, int at, int end) {
    int keyAt = text.size;
    int next = value.read(in, at, end);
    if (value.kind == Value.ARRAY || value.kind == Value.MAP) {
      next = value.skip(in, at, end);
      scalars.binary(text, in, at, next - at);
    } else {
      scalars.key(text, in, value);
    }
    unique.add(text.array, keyAt, keyAt, text.size - keyAt, UniqueKeys.COUNTED);
    text.byteOf(':');
    return next;
  }

  private void open(int depth) {
    if (depth == open.length) {
      open = Arrays.copyOf(open, 2 * depth);
      maps = Arrays.copyOf(maps, 2 * depth);
    }
    boolean map = value.kind == Value.MAP;
    open[depth] = map ? 2L * value.length | MAP_BIT : value.length;
    maps[depth] = map ? unique.open() : 0;
    text.byteOf(map ? '{' : '[');
  }

  /** Closes the containers that are complete; each counts as one value of its parent. */
  private int close(int from) {
    int depth = from;
    while (depth > 0 && (open[depth - 1] & ~MAP_BIT) == 0) {
      depth--;
      if (open[depth] < 0) {
        unique.close(text, maps[depth]);
        closeWith('}', '{');
      } else {
        closeWith(']', '[');
      }
      if (depth > 0) {
        text.byteOf(',');
        open[depth - 1]--;
      }
    }
    return depth;
  }

  private void closeWith(int bracket, int opening) {
    if (text.array[text.size - 1] == opening) {
      text.byteOf(bracket);
    } else {
      text.array[text.size - 1] = (byte) bracket;
    }
  }
}
