package cloud.gardener.logging.export.grpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.grpc.Metadata;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;

/**
 * Parses the {@code RetryInfo} of an error from its trailers. The parser is handwritten, because nothing else needs
 * Google's common protos:
 *
 * <pre>
 *   grpc-status-details-bin  google.rpc.Status     3: details (Any, repeated)
 *                            google.protobuf.Any   1: type_url   2: value
 *                            google.rpc.RetryInfo  1: retry_delay
 *                            Duration              1: seconds (int64)   2: nanos (int32)
 * </pre>
 */
final class RetryInfo {
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
  private static final String TYPE = "/google.rpc.RetryInfo";

  private static final int STATUS_DETAILS = tag(3, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final int ANY_TYPE_URL = tag(1, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final int ANY_VALUE = tag(2, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final int RETRY_DELAY = tag(1, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final int SECONDS = tag(1, WireFormat.WIRETYPE_VARINT);
  private static final int NANOS = tag(2, WireFormat.WIRETYPE_VARINT);

  private RetryInfo() {}

  /**
   * The pause that the backend asks for.
   *
   * @return empty without a RetryInfo. Zero when its delay is missing, negative or unreadable: the RetryInfo still
   *     says that the backend can recover
   */
  static Optional<Duration> delay(Metadata trailers) {
    try {
      byte[] details = trailers.get(DETAILS);
      if (details == null) {
        return Optional.empty();
      }
      return readStatus(CodedInputStream.newInstance(details));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> readStatus(CodedInputStream in) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == STATUS_DETAILS) {
        Optional<Duration> delay = readAny(CodedInputStream.newInstance(in.readByteArray()));
        if (delay.isPresent()) {
          return delay;
        }
      } else if (!in.skipField(tag)) {
        break;
      }
    }
    return Optional.empty();
  }

  private static Optional<Duration> readAny(CodedInputStream in) throws IOException {
    String type = "";
    byte[] value = new byte[0];
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == ANY_TYPE_URL) {
        type = in.readString();
      } else if (tag == ANY_VALUE) {
        value = in.readByteArray();
      } else if (!in.skipField(tag)) {
        break;
      }
    }
    return type.endsWith(TYPE) ? Optional.of(readRetryInfo(value)) : Optional.empty();
  }

  private static Duration readRetryInfo(byte[] retryInfo) {
    try {
      Duration delay = readDelay(CodedInputStream.newInstance(retryInfo));
      return delay.isNegative() ? Duration.ZERO : delay;
    } catch (IOException | ArithmeticException | DateTimeException e) {
      return Duration.ZERO;
    }
  }

  private static Duration readDelay(CodedInputStream in) throws IOException {
    Duration delay = Duration.ZERO;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == RETRY_DELAY) {
        delay = readDuration(CodedInputStream.newInstance(in.readByteArray()));
      } else if (!in.skipField(tag)) {
        break;
      }
    }
    return delay;
  }

  private static Duration readDuration(CodedInputStream in) throws IOException {
    long seconds = 0;
    int nanos = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == SECONDS) {
        seconds = in.readInt64();
      } else if (tag == NANOS) {
        nanos = in.readInt32();
      } else if (!in.skipField(tag)) {
        break;
      }
    }
    return Duration.ofSeconds(seconds, nanos);
  }

  private static int tag(int field, int wireType) {
    return field << 3 | wireType;
  }
}
