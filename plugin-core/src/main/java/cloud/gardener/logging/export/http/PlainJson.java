package cloud.gardener.logging.export.http;

import java.io.IOException;

/**
 * Reverts the HTML escapes of protobuf's JSON writer: logs are full of {@code =}, {@code <}, {@code >}, {@code &}
 * and {@code '}, and people read and search these lines. Not thread-safe.
 */
final class PlainJson implements Appendable {
  private static final String ESCAPED = "=<>&'";
  private static final int ESCAPE_CHARS = 6; // backslash, u, four digits

  private final Appendable out;

  PlainJson(Appendable out) {
    this.out = out;
  }

  /** Appends {@code text}, which must not begin or end within an escape. */
  @Override
  public Appendable append(CharSequence text) throws IOException {
    int copied = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        int plain = unescape(text, i);
        if (plain >= 0) {
          out.append(text, copied, i).append((char) plain);
          copied = i + ESCAPE_CHARS;
        }
        i++; // The escaped character may itself be a backslash.
      }
    }
    out.append(text, copied, text.length());
    return this;
  }

  /** The character that the escape at {@code at} stands for, if the escape is unnecessary; otherwise -1. */
  private static int unescape(CharSequence text, int at) {
    if (at + ESCAPE_CHARS > text.length() || text.charAt(at + 1) != 'u') {
      return -1;
    }
    int code = Integer.parseInt(text, at + 2, at + ESCAPE_CHARS, 16);
    return ESCAPED.indexOf(code) >= 0 ? code : -1;
  }

  @Override
  public Appendable append(CharSequence text, int start, int end) throws IOException {
    return append(text.subSequence(start, end));
  }

  @Override
  public Appendable append(char c) throws IOException {
    out.append(c);
    return this;
  }
}
