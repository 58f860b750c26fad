package cloud.gardener.logging.otlp.json;

import java.nio.ByteBuffer;

/**
 * Reads text that is one JSON object (RFC 8259, with white space around it), and writes it as a msgpack map.
 * Whatever reads values from msgpack reads it, too. Text that is anything else is refused, and costs no more
 * than a look at its first characters where they are no brace.
 *
 * <p>Keys are as they stand, also where they repeat. Without recursion; nesting and size are bounded. Not
 * thread-safe. Allocates only to grow, and for numbers with a fraction or an exponent.
 */
public final class JsonObject {
  /** Longer text stays text: it is read on the way in, where others wait. */
  public static final int MAX_TEXT_BYTES = 1 << 20;

  public static final int MAX_DEPTH = 64;

  private final JsonTokens tokens = new JsonTokens();
  private final MsgPackBuffer out = new MsgPackBuffer();

  // Of the open containers: where the head lies, how many values or pairs there are, and which are maps.
  private final int[] headAt = new int[MAX_DEPTH];
  private final int[] count = new int[MAX_DEPTH];
  private final boolean[] isMap = new boolean[MAX_DEPTH];

  /**
   * Reads {@code length} bytes at {@code offset}.
   *
   * @return whether they are a JSON object; {@link #bytes()} is its map then
   */
  public boolean read(ByteBuffer in, int offset, int length) {
    if (length > MAX_TEXT_BYTES) {
      return false;
    }
    tokens.begin(in, offset, length);
    if (tokens.next() != '{') {
      return false;
    }
    out.reset();
    return containers() && tokens.next() == JsonTokens.END;
  }

  /** The map of the last object that was read, which begins at 0. Valid until the next is read. */
  public ByteBuffer bytes() {
    return out.bytes();
  }

  /** How many bytes the map has. */
  public int length() {
    return out.size();
  }

  /** Reads the object whose brace has been read, to its end. */
  private boolean containers() {
    int depth = 0;
    open(depth++, true);
    while (depth > 0) {
      int at = depth - 1;
      int token = tokens.next();
      if (token == (isMap[at] ? '}' : ']')) {
        out.count(headAt[at], count[at]);
        depth--;
        continue;
      }
      if (count[at]++ > 0) {
        if (token != ',') {
          return false;
        }
        token = tokens.next();
      }
      if (isMap[at]) {
        if (token != '"' || !tokens.string(out) || tokens.next() != ':') {
          return false;
        }
        token = tokens.next();
      }
      if (token == '{' || token == '[') {
        if (depth == MAX_DEPTH) {
          return false;
        }
        open(depth++, token == '{');
      } else if (!tokens.scalar(token, out)) {
        return false;
      }
    }
    return true;
  }

  private void open(int depth, boolean map) {
    headAt[depth] = map ? out.map() : out.array();
    count[depth] = 0;
    isMap[depth] = map;
  }
}
