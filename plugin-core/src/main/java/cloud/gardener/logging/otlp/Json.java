package cloud.gardener.logging.otlp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.gardener.logging.event.Value;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Writes a msgpack value as JSON text, for what OTLP cannot hold as it is: values nested too deep, and
 * keys that are no strings. JSON-like where JSON has no word: binary as a string of hex digits, floats
 * that are no numbers as NaN and Infinity, keys of any type.
 *
 * <p>Without recursion: nesting costs an int a level. Not thread-safe. Allocates; not for every record.
 */
final class Json {
  private static final int KEPT_LEVELS = 1024;
  private static final long MAP_BIT = Long.MIN_VALUE;

  private final Value value = new Value();
  private final ProtoBuffer text = new ProtoBuffer();

  /** Values left in each open container; for a map, keys and values, and its sign bit is set. */
  private long[] open = new long[KEPT_LEVELS];

  /** Writes the value at {@code at} as a string field and returns where the next one begins. */
  int field(ProtoBuffer out, int tag, ByteBuffer in, int at, int end) {
    text.reset();
    int next = write(in, at, end);
    out.bytesField(tag, text.array, 0, text.size);
    if (open.length > KEPT_LEVELS) {
      open = new long[KEPT_LEVELS];
    }
    return next;
  }

  private int write(ByteBuffer in, int start, int end) {
    int at = start;
    int depth = 0;
    do {
      at = value.read(in, at, end);
      if (value.kind == Value.ARRAY || value.kind == Value.MAP) {
        boolean map = value.kind == Value.MAP;
        if (depth == open.length) {
          open = Arrays.copyOf(open, 2 * depth);
        }
        open[depth++] = map ? 2L * value.length | MAP_BIT : value.length;
        ascii(map ? "{" : "[");
      } else {
        scalar(in);
        if (depth > 0) {
          separate(depth);
        }
      }
      depth = close(depth);
    } while (depth > 0);
    return at;
  }

  /** After a value: what comes between it and the next. */
  private void separate(int depth) {
    long left = --open[depth - 1];
    if ((left & ~MAP_BIT) != 0) {
      boolean afterKey = left < 0 && (left & 1) != 0;
      ascii(afterKey ? ":" : ",");
    }
  }

  /** Closes the containers that are complete; each is a value of the one around it. */
  private int close(int from) {
    int depth = from;
    while (depth > 0 && (open[depth - 1] & ~MAP_BIT) == 0) {
      ascii(open[depth - 1] < 0 ? "}" : "]");
      depth--;
      if (depth > 0) {
        separate(depth);
      }
    }
    return depth;
  }

  private void scalar(ByteBuffer in) {
    switch (value.kind) {
      case Value.NIL -> ascii("null");
      case Value.BOOLEAN -> ascii(value.integer != 0 ? "true" : "false");
      case Value.INTEGER -> ascii(Long.toString(value.integer));
      case Value.UNSIGNED -> ascii(Long.toUnsignedString(value.integer));
      case Value.FLOAT -> ascii(Double.toString(value.real));
      case Value.STRING -> string(new String(bytes(in), UTF_8));
      default -> ascii('"' + HexFormat.of().formatHex(bytes(in)) + '"');
    }
  }

  private byte[] bytes(ByteBuffer in) {
    byte[] bytes = new byte[value.length];
    in.get(value.offset, bytes);
    return bytes;
  }

  private void string(String string) {
    StringBuilder quoted = new StringBuilder(string.length() + 2).append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    byte[] bytes = quoted.append('"').toString().getBytes(UTF_8);
    text.raw(bytes, 0, bytes.length);
  }

  private void ascii(String string) {
    byte[] bytes = string.getBytes(US_ASCII);
    text.raw(bytes, 0, bytes.length);
  }
}
