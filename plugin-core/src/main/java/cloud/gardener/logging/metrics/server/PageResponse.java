package cloud.gardener.logging.metrics.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/**
 * The response of a page.
 *
 * @param status the HTTP status
 * @param contentType of the body
 * @param headers further headers
 * @param body is written at most once, and closed
 */
record PageResponse(int status, String contentType, Map<String, String> headers, BodyWriter body) {
  /** A page of unknown length. */
  static PageResponse ok(String contentType, Map<String, String> headers, BodyWriter body) {
    return new PageResponse(200, contentType, headers, body);
  }

  /** Plain text; {@code text} must contain its own line feed. */
  static PageResponse text(int status, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return new PageResponse(
        status, "text/plain; charset=utf-8", Map.of(), BodyWriter.of(bytes));
  }
}
