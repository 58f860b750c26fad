package cloud.gardener.logging.export.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.sink.SinkBehaviour;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo.Builder;
import com.google.rpc.Status;
import io.grpc.Metadata;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Written by Google's own classes, read by ours. */
class RetryInfoTest {
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  @ParameterizedTest
  @CsvSource({
    "0, 0, PT0S",
    "3600, 0, PT1H",
    "1, 500000000, PT1.5S",
    "0, 1, PT0.000000001S",
    "-5, 0, PT0S",
    "9223372036854775807, 0, PT2562047788015215H30M7S",
    "9223372036854775807, 2000000000, PT0S"
  })
  void shouldReadTheDelay(long seconds, int nanos, Duration expected) {
    Builder info = com.google.rpc.RetryInfo.newBuilder();
    info.getRetryDelayBuilder().setSeconds(seconds).setNanos(nanos);
    assertEquals(Optional.of(expected), RetryInfo.delay(trailers(Any.pack(info.build()))));
  }

  @Test
  void shouldReadTheTrailersOfTheSink() {
    assertEquals(
        Optional.of(Duration.ofMillis(1234)),
        RetryInfo.delay(SinkBehaviour.retryInfo(Duration.ofMillis(1234))));
  }

  @Test
  void shouldReadAMissingDelayAsZero() {
    assertEquals(
        Optional.of(Duration.ZERO),
        RetryInfo.delay(trailers(Any.pack(com.google.rpc.RetryInfo.getDefaultInstance()))));
  }

  @Test
  void shouldReadAnInvalidDelayAsZero() {
    Any garbage =
        Any.newBuilder()
            .setTypeUrl("type.googleapis.com/google.rpc.RetryInfo")
            .setValue(ByteString.copyFrom(new byte[] {0x0a, 0x7f, 1}))
            .build();
    assertEquals(Optional.of(Duration.ZERO), RetryInfo.delay(trailers(garbage)));
  }

  @Test
  void shouldFindItBehindOtherDetails() {
    Builder info = com.google.rpc.RetryInfo.newBuilder();
    info.getRetryDelayBuilder().setSeconds(2);
    ErrorInfo other = ErrorInfo.newBuilder().setReason("overload").build();
    assertEquals(
        Optional.of(Duration.ofSeconds(2)),
        RetryInfo.delay(trailers(Any.pack(other), Any.pack(info.build()))));
  }

  @Test
  void shouldFindNoneInOtherDetails() {
    assertEquals(
        Optional.empty(), RetryInfo.delay(trailers(Any.pack(ErrorInfo.getDefaultInstance()))));
    assertEquals(Optional.empty(), RetryInfo.delay(new Metadata()));
  }

  @Test
  void shouldFindNoneInInvalidBytes() {
    Metadata trailers = new Metadata();
    trailers.put(DETAILS, new byte[] {0x1a, 0x7f, 1, 2, 3});
    assertEquals(Optional.empty(), RetryInfo.delay(trailers));
  }

  private static Metadata trailers(Any... details) {
    Status.Builder status = Status.newBuilder().setCode(8).setMessage("slow down");
    for (Any detail : details) {
      status.addDetails(detail);
    }
    Metadata trailers = new Metadata();
    trailers.put(DETAILS, status.build().toByteArray());
    return trailers;
  }
}
