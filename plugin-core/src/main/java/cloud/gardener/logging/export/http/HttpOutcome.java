package cloud.gardener.logging.export.http;

import cloud.gardener.logging.export.ExportResponse;
import cloud.gardener.logging.export.ExportResult.Accepted;
import cloud.gardener.logging.export.ExportResult.DestinationRefused;
import cloud.gardener.logging.export.ExportResult.PayloadRefused;
import cloud.gardener.logging.export.ExportResult.Retry;
import cloud.gardener.logging.export.ExportResult.TooLarge;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.Reason;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.proxy.HttpProxyHandler;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.time.Instant;

/**
 * Maps the end of an HTTP request to a result. The OTLP specification defines the retryable status codes. Any other
 * failure concerns the payload (400, 413, 422) or else the destination. A redirect is not followed: it would
 * disclose tokens to another server. A success counts only when the response can be OTLP: a web frontend responds
 * with 200 as well.
 */
final class HttpOutcome {
  /** Go's message for a request above the server's limit. The Collector responds with it and status 400. */
  private static final String BODY_TOO_LARGE = "request body too large";

  private static final String PROXY_CREDENTIALS = "status: 407";
  private static final String CHECK_PROXY = "the user and password of HTTPProxy";

  private HttpOutcome() {}

  /**
   * The backend, or a proxy, responded.
   *
   * @param requestType the content type of the request, which the response must have, too
   * @param records number of records in the request
   * @param now wall-clock time
   */
  static ExportResult of(ReceivedResponse response, String requestType, int records, Instant now) {
    if (response.status().codeClass() == HttpStatusClass.SUCCESS) {
      return success(response, requestType, records);
    }
    Duration pause = RetryAfter.delay(response.headers(), now);
    return switch (response.status().code()) {
      case 429, 502, 503, 504 -> new Retry(reason(response), pause);
      case 400, 422 -> payloadRefused(reason(response));
      case 413 -> new TooLarge(reason(response));
      default -> new DestinationRefused(reason(response), hint(response), pause);
    };
  }

  private static ExportResult payloadRefused(String reason) {
    return reason.contains(BODY_TOO_LARGE) ? new TooLarge(reason) : new PayloadRefused(reason);
  }

  /** There is no response, so the outcome of the request is unknown. */
  static ExportResult failed(Throwable failure) {
    Throwable cause = Reason.rootCause(failure);
    boolean refused =
        cause instanceof HttpProxyHandler.HttpProxyConnectException
            && String.valueOf(cause.getMessage()).contains(PROXY_CREDENTIALS);
    return refused
        ? DestinationRefused.of(reason(cause), CHECK_PROXY)
        : Retry.withBackoff(reason(cause));
  }

  private static ExportResult success(ReceivedResponse response, String requestType, int records) {
    if (response.bodyBytes() == 0) {
      return Accepted.ALL;
    }
    String type = response.contentType();
    if (!type.isEmpty() && !type.equals(requestType)) {
      return notOtlp(response, "has the content type " + type + " instead of " + requestType);
    }
    try {
      ContentCoding.Decoded decoded = response.decodeBody();
      if (decoded == null) {
        return type.isEmpty()
            ? notOtlp(response, "has neither a content type nor a content coding that is known")
            : new Accepted(0, "the response to an accepted request has an unknown content coding");
      }
      if (decoded.isTruncated()) {
        return ExportResponse.ABOVE_THE_LIMIT;
      }
      return requestType.endsWith("json")
          ? JsonResponse.parseAccepted(decoded.body(), records)
          : ExportResponse.parse(decoded.body(), records);
    } catch (IOException | RuntimeException e) {
      return notOtlp(response, "is no response of OTLP");
    }
  }

  private static DestinationRefused notOtlp(ReceivedResponse response, String problem) {
    return DestinationRefused.of(
        "HTTP " + response.status() + ", but the body " + problem,
        "that host, port and path (EndpointUrlPath) are those of an OTLP receiver");
  }

  private static String reason(ReceivedResponse response) {
    String message = ErrorMessage.of(response.contentType(), decodedBody(response));
    String text = "HTTP " + response.status() + (message.isEmpty() ? "" : ": " + message);
    if (response.status().codeClass() != HttpStatusClass.REDIRECTION) {
      return text;
    }
    return text + ": a redirect to " + response.headers().get(HttpHeaderNames.LOCATION, "nowhere")
        + " is not followed";
  }

  private static byte[] decodedBody(ReceivedResponse response) {
    try {
      ContentCoding.Decoded decoded = response.decodeBody();
      return decoded == null ? new byte[0] : decoded.body();
    } catch (IOException | RuntimeException e) {
      return new byte[0];
    }
  }

  /** What a person should check. Contains no words of the backend, which may contain secrets. */
  private static String hint(ReceivedResponse response) {
    if (response.status().codeClass() == HttpStatusClass.REDIRECTION) {
      return "scheme, host and path of the endpoint: name the place itself, redirects are not followed";
    }
    return switch (response.status().code()) {
      case 401, 403 -> "the credentials: Headers, the endpoint's user and password, TLSCertFile";
      case 404, 405, 410, 501 -> "the path of requests (EndpointUrlPath), host and port";
      case 407 -> CHECK_PROXY;
      case 406, 415 -> "HTTPEncoding and Compression: the backend does not take what is sent";
      default ->
          response.status().codeClass() == HttpStatusClass.SERVER_ERROR
              ? "the backend and what it sends to: their own logs say why"
              : "what the backend asks for, and its own logs";
    };
  }

  private static String reason(Throwable cause) {
    if (cause instanceof ClosedChannelException) {
      return "the connection was closed";
    }
    return cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
  }
}
