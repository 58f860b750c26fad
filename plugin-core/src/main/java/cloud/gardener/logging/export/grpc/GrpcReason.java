package cloud.gardener.logging.export.grpc;

import cloud.gardener.logging.export.Reason;
import cloud.gardener.logging.export.transport.ExpectedPeer;
import io.grpc.Status;
import java.util.Optional;
import java.util.regex.Pattern;

/** The reason for a failed call, in the words of gRPC and of the libraries below it. */
final class GrpcReason {
  /** gRPC appends the list of its handlers to some failures. */
  private static final Pattern HANDLERS = Pattern.compile("\\s*Channel Pipeline: \\[[^]]*]");

  private GrpcReason() {}

  /**
   * The name of the status, its description, and the root cause when that says more. Neither bounded nor free of
   * secrets: for {@code Secrets.redact(ExportResult)}.
   */
  static String of(Status status) {
    StringBuilder reason = new StringBuilder(status.getCode().name());
    append(reason, describe(status));
    Throwable cause = Reason.rootCause(status.getCause());
    if (cause != null) {
      append(reason, cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage());
    }
    // Before the library's own words, which may be long: the end of a reason is truncated.
    explain(reason.toString())
        .ifPresent(text -> reason.insert(status.getCode().name().length(), ": " + text));
    return reason.toString();
  }

  /** What the words of gRPC and TLS mean. */
  private static Optional<String> explain(String reason) {
    if (reason.contains("Failed ALPN negotiation") || reason.contains("no_application_protocol")) {
      return Optional.of(ExpectedPeer.NO_HTTP2_OVER_TLS_FOR_GRPC);
    }
    return reason.contains("HTTP status code") && reason.contains("content-type")
        ? Optional.of(ExpectedPeer.NO_GRPC)
        : Optional.empty();
  }

  private static String describe(Status status) {
    return status.getDescription() == null
        ? ""
        : HANDLERS.matcher(status.getDescription()).replaceAll("");
  }

  private static void append(StringBuilder reason, String text) {
    if (!text.isEmpty() && reason.indexOf(text) < 0) {
      reason.append(": ").append(text);
    }
  }
}
