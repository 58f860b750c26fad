package cloud.gardener.logging.otlp.json;

import cloud.gardener.logging.event.MsgPackBuffer;

/**
 * Reads text that is one JSON object (RFC 8259, optionally surrounded by white space), and writes it as a msgpack map,
 * so that any reader of msgpack values can read it. Any other text is rejected; if it does not begin with a brace, that
 * costs no more than reading its first characters.
 *
 * <p>Keys are kept as they are, also repeated ones. No recursion; nesting and size are bounded. Not thread-safe.
 * Allocates only to grow, and for numbers with a fraction or an exponent.
 */
public final class JsonObject {
  /** Longer text stays text: parsing happens during intake, where other threads wait. */
  public static final int MAX_TEXT_BYTES = 1 << 20;

  public static final int MAX_DEPTH = 64;

  private final JsonTokens tokens = new JsonTokens();
  private final MsgPackBuffer out = new MsgPackBuffer();

  // For each open container: the offset of its head, the number of its values or pairs, and whether it is a map.
  private final int[] headAt = new int[MAX_DEPTH];
  private final int[] count = new int[MAX_DEPTH];
  private final boolean[] isMap = new boolean[MAX_DEPTH];

  /**
   * Reads {@code length} bytes at {@code offset}.
   *
   * @return whether they are a JSON object; {@link #bytes()} then holds its map
   */
  public boolean read(byte[] in, int offset, int length) {
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

  /** Returns the map of the last object that was read, starting at offset 0. Valid until the next read. */
  public byte[] bytes() {
    return out.bytes();
  }

  /** Size of the map in bytes. */
  public int length() {
    return out.size();
  }

  /** Reads the rest of an object whose opening brace has been read. */
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
