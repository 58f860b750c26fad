package cloud.gardener.logging.export.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.clients.Exports;
import cloud.gardener.logging.sink.SinkBehaviour;
import cloud.gardener.logging.sink.SinkReply;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each status of a backend means, by the OTLP specification's table. */
public class GrpcStatusTest extends GrpcTest {
  static Set<Status.Code> retryable() {
    return EnumSet.of(
        Status.Code.CANCELLED,
        Status.Code.DEADLINE_EXCEEDED,
        Status.Code.ABORTED,
        Status.Code.OUT_OF_RANGE,
        Status.Code.UNAVAILABLE,
        Status.Code.DATA_LOSS);
  }

  static Set<Status.Code> destinationRefusals() {
    return EnumSet.of(
        Status.Code.UNAUTHENTICATED,
        Status.Code.PERMISSION_DENIED,
        Status.Code.UNKNOWN,
        Status.Code.NOT_FOUND,
        Status.Code.ALREADY_EXISTS,
        Status.Code.RESOURCE_EXHAUSTED,
        Status.Code.FAILED_PRECONDITION,
        Status.Code.UNIMPLEMENTED,
        Status.Code.INTERNAL);
  }

  public static Set<Status.Code> failures() {
    return EnumSet.complementOf(EnumSet.of(Status.Code.OK));
  }

  @ParameterizedTest
  @MethodSource("retryable")
  void shouldRetry(Status.Code code) throws Exception {
    assertEquals(
        new ExportResult.Retry(code + ": told so", Duration.ZERO),
        resultOf(code));
  }

  @ParameterizedTest
  @MethodSource("destinationRefusals")
  void shouldReportADestinationRefusal(Status.Code code) throws Exception {
    ExportResult.DestinationRefused refused =
        assertInstanceOf(ExportResult.DestinationRefused.class, resultOf(code));
    assertEquals(code + ": told so", refused.reason());
    assertEquals(Duration.ZERO, refused.notBefore());
    assertFalse(refused.hint().isEmpty());
  }

  @Test
  void shouldReportAPayloadRefusal() throws Exception {
    assertEquals(
        new ExportResult.PayloadRefused("INVALID_ARGUMENT: told so"),
        resultOf(Status.Code.INVALID_ARGUMENT));
  }

  @Test
  void shouldCoverEveryCode() {
    EnumSet<Status.Code> known = EnumSet.copyOf(retryable());
    known.addAll(destinationRefusals());
    known.add(Status.Code.INVALID_ARGUMENT);
    assertEquals(failures(), known);
  }

  @ParameterizedTest
  @MethodSource("retryable")
  void shouldWaitAsLongAsRetryInfoAsks(Status.Code code) throws Exception {
    assertEquals(
        new ExportResult.Retry(
            code + ": told so", Duration.ofMillis(3_600_500)),
        resultOf(code, SinkBehaviour.retryInfo(Duration.ofMillis(3_600_500))));
  }

  @Test
  void shouldRetryResourceExhaustedOnlyWithRetryInfo() throws Exception {
    assertEquals(
        new ExportResult.Retry(
            "RESOURCE_EXHAUSTED: told so", Duration.ofSeconds(7)),
        resultOf(
            Status.Code.RESOURCE_EXHAUSTED, SinkBehaviour.retryInfo(Duration.ofSeconds(7))));
    assertInstanceOf(
        ExportResult.DestinationRefused.class, resultOf(Status.Code.RESOURCE_EXHAUSTED, new Metadata()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trying to send message larger than max (5000000 vs. 4194304)",
        "grpc: received message larger than max (5000000 vs. 4194304)",
        "gRPC message exceeds maximum size 4194304: 5000000",
        "Received message exceeds the maximum configured message size.",
        "Error, message length too large: found 5000000 bytes, the limit is: 4194304 bytes"
      })
  void shouldReportTooLarge(String words) throws Exception {
    sink.behave(SinkBehaviour.fail(Status.RESOURCE_EXHAUSTED.withDescription(words)));
    assertEquals(
        new ExportResult.TooLarge("RESOURCE_EXHAUSTED: " + words),
        Exports.export(client(Exports.plaintext()), Exports.request(2)));
  }

  @Test
  void shouldReportTooLargeFromAServersSizeLimit() throws Exception {
    ExportResult result =
        Exports.export(client(Exports.plaintext()), Exports.largeRequest(4_200_000));
    assertInstanceOf(ExportResult.TooLarge.class, result);
    assertTrue(Exports.reason(result).startsWith("RESOURCE_EXHAUSTED"), result::toString);
    assertEquals(0, sink.totals().requests());
  }

  private ExportResult resultOf(Status.Code code) throws Exception {
    return resultOf(code, new Metadata());
  }

  private ExportResult resultOf(Status.Code code, Metadata trailers) throws Exception {
    sink.behave(
        SinkBehaviour.always(
            new SinkReply.Fail(code.toStatus().withDescription("told so"), trailers)));
    return Exports.export(client(Exports.plaintext()), Exports.request(1));
  }
}
