package cloud.gardener.logging.metrics.server;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The response of a page.
 *
 * @param status the HTTP status
 * @param contentType of the body
 * @param body is written at most once, and closed
 */
record PageResponse(int status, String contentType, BodyWriter body) {
  /** Plain text; {@code text} must contain its own line feed. */
  static PageResponse text(int status, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return new PageResponse(status, "text/plain; charset=utf-8", BodyWriter.of(bytes));
  }
}
