package cloud.gardener.logging.metrics.server;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a page answers.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param body to be written, or not, and closed
 */
record Answer(int status, String contentType, Body body) {
  /** Plain text, which needs a line's end of its own. */
  static Answer text(int status, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return new Answer(status, "text/plain; charset=utf-8", Body.of(bytes));
  }
}
