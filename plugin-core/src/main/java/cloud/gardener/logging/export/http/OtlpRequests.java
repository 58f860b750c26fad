package cloud.gardener.logging.export.http;

import cloud.gardener.logging.export.ExportRequest;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads a request back into messages, for what is not sent as it is. */
public final class OtlpRequests {
  private OtlpRequests() {}

  /**
   * The request's message. It nests no deeper than protobuf's parsers take, see {@code otlp.value.AnyValues}.
   *
   * @throws IOException when its bytes are none
   */
  public static ExportLogsServiceRequest parse(ExportRequest request) throws IOException {
    return ExportLogsServiceRequest.parseFrom(joined(request));
  }

  private static ByteString joined(ExportRequest request) {
    ByteString joined = ByteString.EMPTY;
    for (ByteBuffer part : request.parts()) {
      joined = joined.concat(UnsafeByteOperations.unsafeWrap(part.duplicate()));
    }
    return joined;
  }
}
