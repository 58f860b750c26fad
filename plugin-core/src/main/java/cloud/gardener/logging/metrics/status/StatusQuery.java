package cloud.gardener.logging.metrics.status;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What a reader of the page asks for: the query of its URL.
 *
 * @param format {@code text}, or anything else for a web page
 * @param search only targets whose name, endpoint, state or error contains this; empty for all
 * @param troubledOnly only targets with trouble
 * @param tag the tag to explain
 * @param namespace the namespace to explain
 */
public record StatusQuery(
    String format, String search, boolean troubledOnly, String tag, String namespace) {
  /** No tag is longer. */
  private static final int MAX_LENGTH = 4096;

  /**
   * Reads the query of a URL; what cannot be read is ignored.
   *
   * @param query not decoded; null for none
   */
  public static StatusQuery parse(String query) {
    Map<String, String> values = new HashMap<>();
    for (String pair : (query == null ? "" : query).split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(pair.substring(0, equals), decode(pair.substring(equals + 1)));
      }
    }
    return new StatusQuery(
        values.getOrDefault("format", ""),
        values.getOrDefault("search", ""),
        values.containsKey("trouble"),
        values.getOrDefault("tag", ""),
        values.getOrDefault("namespace", ""));
  }

  private static String decode(String value) {
    try {
      String text = URLDecoder.decode(value, StandardCharsets.UTF_8).strip();
      return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** Whether a route is to be explained. */
  boolean asksForRoute() {
    return !tag.isEmpty() || !namespace.isEmpty();
  }
}
