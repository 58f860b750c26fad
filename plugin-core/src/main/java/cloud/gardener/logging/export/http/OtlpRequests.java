package cloud.gardener.logging.export.http;

import cloud.gardener.logging.export.ExportRequest;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Parses a request into messages, for output other than its bytes. */
public final class OtlpRequests {
  private OtlpRequests() {}

  /**
   * Parses the request. Its nesting depth is within the limit of protobuf's parsers, see {@code
   * otlp.value.AnyValues}.
   *
   * @throws IOException when its bytes are invalid
   */
  public static ExportLogsServiceRequest parse(ExportRequest request) throws IOException {
    return ExportLogsServiceRequest.parseFrom(join(request));
  }

  private static ByteString join(ExportRequest request) {
    ByteString bytes = ByteString.EMPTY;
    for (ByteBuffer part : request.parts()) {
      bytes = bytes.concat(UnsafeByteOperations.unsafeWrap(part.duplicate()));
    }
    return bytes;
  }
}
