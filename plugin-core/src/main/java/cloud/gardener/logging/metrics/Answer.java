package cloud.gardener.logging.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a page answers.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param body all of it: pages are small
 */
record Answer(int status, String contentType, byte[] body) {
  /** Plain text, which needs a line's end of its own. */
  static Answer text(int status, String text) {
    return new Answer(status, "text/plain; charset=utf-8", text.getBytes(UTF_8));
  }
}
