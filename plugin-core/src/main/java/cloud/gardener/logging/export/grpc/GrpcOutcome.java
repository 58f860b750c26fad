package cloud.gardener.logging.export.grpc;

import cloud.gardener.logging.export.ExportResponse;
import cloud.gardener.logging.export.ExportResult.DestinationRefused;
import cloud.gardener.logging.export.ExportResult.PayloadRefused;
import cloud.gardener.logging.export.ExportResult.Retry;
import cloud.gardener.logging.export.ExportResult.TooLarge;
import cloud.gardener.logging.export.ExportResult;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Maps the end of a gRPC call to a result. The OTLP specification defines the retryable codes. Any other code
 * concerns the payload (INVALID_ARGUMENT, a size) or else the destination.
 *
 * <p>grpc-java also ends calls itself, with statuses that look like a backend's: INTERNAL for a reset stream,
 * UNKNOWN for a response without grpc-status, UNIMPLEMENTED for a proxy's HTTP 404. They say nothing about the
 * request, so they are retried regardless of their code.
 */
final class GrpcOutcome {
  /** The common part of grpc-java's own statuses for a missing grpc-status. */
  private static final String NO_STATUS = "missing GRPC status";

  private static final String CHECK_SERVICE =
      "that host and port are those of an OTLP/gRPC receiver for logs, and what it sends to";

  private static final String HTTP_TOO_LARGE = "HTTP status code 413";
  private static final String RESPONSE_TOO_LARGE = "exceeds maximum size";

  /** How servers in Go, C++, Java, .NET and Rust refuse a message because of its size. */
  private static final Pattern REQUEST_TOO_LARGE =
      Pattern.compile(
          "larger than max|exceeds (the )?(configured )?max|message (length )?too large",
          Pattern.CASE_INSENSITIVE);

  private GrpcOutcome() {}

  /**
   * Maps the end of a call to a result.
   *
   * @param status the call's status
   * @param trailers the call's trailers
   * @param hasTrailers whether the trailers came from the backend, so that the status may be its own
   * @param response the response's bytes; null for none
   * @param records number of records in the request
   */
  static ExportResult of(
      Status status, Metadata trailers, boolean hasTrailers, byte[] response, int records) {
    if (status.isOk() && response != null) {
      return accepted(response, records);
    }
    String reason = GrpcReason.of(status);
    // grpc-java reports an unreadable compressed message this way, whatever the trailers behind it say.
    if (status.getCause() instanceof StatusRuntimeException unreadable) {
      return fromLocalStatus(unreadable.getStatus(), reason);
    }
    return hasTrailers && !hasDescription(status, NO_STATUS)
        ? fromBackendStatus(status, trailers, reason)
        : fromLocalStatus(status, reason);
  }

  private static ExportResult accepted(byte[] response, int records) {
    try {
      return ExportResponse.parse(response, records);
    } catch (IOException e) {
      return DestinationRefused.of("OK, but what came with it is no response of OTLP", CHECK_SERVICE);
    }
  }

  /** The backend answered with this status. */
  private static ExportResult fromBackendStatus(Status status, Metadata trailers, String reason) {
    Optional<Duration> delay = RetryInfo.delay(trailers);
    boolean tooLarge =
        status.getDescription() != null
            && REQUEST_TOO_LARGE.matcher(status.getDescription()).find();
    return switch (status.getCode()) {
      case CANCELLED, DEADLINE_EXCEEDED, ABORTED, UNAVAILABLE, DATA_LOSS ->
          retry(reason, delay);
      // Rust servers use it for a message above their limit, which can never be accepted.
      case OUT_OF_RANGE -> tooLarge ? new TooLarge(reason) : retry(reason, delay);
      case RESOURCE_EXHAUSTED -> {
        if (delay.isPresent()) {
          yield retry(reason, delay);
        }
        yield tooLarge ? new TooLarge(reason) : destinationRefused(status, reason, delay);
      }
      case INVALID_ARGUMENT -> tooLarge ? new TooLarge(reason) : new PayloadRefused(reason);
      case UNAUTHENTICATED,
          PERMISSION_DENIED,
          UNKNOWN,
          NOT_FOUND,
          ALREADY_EXISTS,
          FAILED_PRECONDITION,
          UNIMPLEMENTED,
          INTERNAL ->
          destinationRefused(status, reason, delay);
      case OK -> Retry.withBackoff("OK, but without a response");
    };
  }

  private static DestinationRefused destinationRefused(
      Status status, String reason, Optional<Duration> delay) {
    return new DestinationRefused(reason, hint(status), delay.orElse(Duration.ZERO));
  }

  private static String hint(Status status) {
    return switch (status.getCode()) {
      case UNAUTHENTICATED, PERMISSION_DENIED -> "the credentials: Headers, TLSCertFile";
      case UNIMPLEMENTED, NOT_FOUND -> CHECK_SERVICE;
      case RESOURCE_EXHAUSTED -> "which limit of the backend is reached";
      default -> "the backend and what it sends to: their own logs say why";
    };
  }

  /** The call failed in transit; the status is grpc-java's. */
  private static ExportResult fromLocalStatus(Status status, String reason) {
    if (hasDescription(status, HTTP_TOO_LARGE)) {
      return new TooLarge(reason);
    }
    return switch (status.getCode()) {
      // The specification: a response above the client's limit must not be retried. Servers send a message only
      // after they accepted the request, so sending it in parts would duplicate its records.
      case RESOURCE_EXHAUSTED ->
          hasDescription(status, RESPONSE_TOO_LARGE)
              ? ExportResponse.ABOVE_THE_LIMIT
              : Retry.withBackoff(reason);
      // A proxy's HTTP 401 or 403.
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          destinationRefused(status, reason, Optional.empty());
      default -> Retry.withBackoff(reason);
    };
  }

  private static Retry retry(String reason, Optional<Duration> delay) {
    return new Retry(reason, delay.orElse(Duration.ZERO));
  }

  private static boolean hasDescription(Status status, String text) {
    return status.getDescription() != null && status.getDescription().contains(text);
  }
}
