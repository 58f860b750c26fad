package cloud.gardener.logging.export;

import cloud.gardener.logging.export.ExportResult.Accepted;
import cloud.gardener.logging.export.ExportResult.Pace;
import cloud.gardener.logging.export.ExportResult.Permanent;
import cloud.gardener.logging.export.ExportResult.Retry;
import cloud.gardener.logging.export.ExportResult.TooLarge;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.proxy.HttpProxyHandler;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides what the end of an HTTP request means, by the letter of the OTLP specification with two
 * exceptions. Refused credentials are kept and tried again, since a rotated token must not lose a
 * day of logs; and so is a redirect, which is not followed: it would hand tokens to somebody else.
 */
final class HttpOutcome {
  private static final String PROXY_CREDENTIALS = "status: 407";

  private HttpOutcome() {}

  /**
   * The backend, or a proxy, has answered.
   *
   * @param records in the request
   * @param now by the wall clock
   */
  static ExportResult of(HttpAnswer answer, int records, Instant now) {
    if (answer.status().codeClass() == HttpStatusClass.SUCCESS) {
      return accepted(answer, records);
    }
    if (answer.status().codeClass() == HttpStatusClass.REDIRECTION) {
      String location = answer.headers().get(HttpHeaderNames.LOCATION, "nowhere");
      return new Retry(
          reason(answer) + ": a redirect to " + location + " is not followed, correct the URL",
          Duration.ZERO,
          Pace.MAX_INTERVAL);
    }
    return switch (answer.status().code()) {
      case 429, 502, 503, 504 ->
          new Retry(reason(answer), RetryAfter.delay(answer.headers(), now), Pace.BACKOFF);
      case 401, 403, 407 ->
          new Retry(reason(answer), RetryAfter.delay(answer.headers(), now), Pace.MAX_INTERVAL);
      case 413 -> new TooLarge(reason(answer));
      default -> new Permanent(reason(answer));
    };
  }

  /** There is no answer: nobody knows what became of the request. */
  static Retry failed(Throwable failure) {
    Throwable cause = Reason.innermost(failure);
    boolean refused =
        cause instanceof HttpProxyHandler.HttpProxyConnectException
            && String.valueOf(cause.getMessage()).contains(PROXY_CREDENTIALS);
    return new Retry(reason(cause), Duration.ZERO, refused ? Pace.MAX_INTERVAL : Pace.BACKOFF);
  }

  private static Accepted accepted(HttpAnswer answer, int records) {
    if (answer.isCut()) {
      return ExportResponse.ABOVE_THE_LIMIT;
    }
    return answer.contentType().endsWith("json")
        ? JsonAnswer.accepted(answer.body(), records)
        : ExportResponse.parse(answer.body(), records);
  }

  private static String reason(HttpAnswer answer) {
    String message = ErrorMessage.of(answer.contentType(), answer.body());
    return "HTTP " + answer.status() + (message.isEmpty() ? "" : ": " + message);
  }

  private static String reason(Throwable cause) {
    if (cause instanceof ClosedChannelException) {
      return "the connection was closed";
    }
    return cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
  }
}
