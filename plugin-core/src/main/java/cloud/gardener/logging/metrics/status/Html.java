package cloud.gardener.logging.metrics.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;

/** Writes HTML to a stream. Markup is written by {@link #raw}, all else by {@link #text}. Not thread-safe. */
final class Html {
  private final Writer out;

  Html(OutputStream out) {
    this.out = new OutputStreamWriter(out, UTF_8);
  }

  /** Writes markup, which must not come from elsewhere. */
  Html raw(String markup) throws IOException {
    out.write(markup);
    return this;
  }

  /** Writes text, between tags or in an attribute with double quotes. */
  Html text(String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.write("&amp;");
        case '<' -> out.write("&lt;");
        case '>' -> out.write("&gt;");
        case '"' -> out.write("&quot;");
        case '\'' -> out.write("&#39;");
        default -> out.write(isPrintable(c) ? c : '\uFFFD');
      }
    }
    return this;
  }

  /** Control characters, and those that reverse the direction of what follows, could hide or forge text. */
  private static boolean isPrintable(char c) {
    int type = Character.getType(c);
    return type != Character.CONTROL && type != Character.FORMAT;
  }

  /** Writes an element with a class and text. */
  Html element(String name, String cssClass, String text) throws IOException {
    return raw("<" + name + " class=\"" + cssClass + "\">").text(text).raw("</" + name + ">");
  }

  void flush() throws IOException {
    out.flush();
  }
}
