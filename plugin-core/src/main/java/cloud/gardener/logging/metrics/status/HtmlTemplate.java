package cloud.gardener.logging.metrics.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page with sections to fill in, such as {@code {{title}}}. Its content security policy allows the page's own style and
 * script by their hashes, and nothing else. Immutable.
 */
final class HtmlTemplate {
  private static final Pattern SECTION = Pattern.compile("\\{\\{([a-z-]+)}}");

  private record Part(String markup, String section) {}

  private final List<Part> parts = new ArrayList<>();
  private final String policy;

  /** Writes a section. */
  interface Section {
    void write(Html html) throws IOException;
  }

  private HtmlTemplate(String page) {
    Matcher section = SECTION.matcher(page);
    int from = 0;
    for (; section.find(); from = section.end()) {
      parts.add(new Part(page.substring(from, section.start()), section.group(1)));
    }
    parts.add(new Part(page.substring(from), null));
    policy =
        "default-src 'none'; style-src " + hash(page, "style") + "; script-src " + hash(page, "script")
            + "; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  }

  /** Reads a page beside this class. */
  static HtmlTemplate load(String name) {
    try (InputStream in = HtmlTemplate.class.getResourceAsStream(name)) {
      return new HtmlTemplate(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be read", e);
    }
  }

  private static String hash(String page, String element) {
    String open = "<" + element + ">";
    int start = page.indexOf(open) + open.length();
    String content = page.substring(start, page.indexOf("</" + element + ">"));
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Each JVM has it.
    }
  }

  /** The value of the header Content-Security-Policy. */
  String policy() {
    return policy;
  }

  void write(Html html, Map<String, Section> sections) throws IOException {
    for (Part part : parts) {
      html.raw(part.markup);
      if (part.section != null) {
        sections.get(part.section).write(html);
      }
    }
    html.flush();
  }
}
