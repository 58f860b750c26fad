package cloud.gardener.logging.export.http;

import cloud.gardener.logging.export.ExportRequest;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads a request back into messages, for what is not sent as it is. */
public final class OtlpRequests {
  /**
   * Protobuf's own limit of 100 is 33 maps inside each other. This one is 200, and stays below what
   * the JSON writer takes.
   */
  private static final int MAX_MESSAGE_DEPTH = 600;

  private OtlpRequests() {}

  /**
   * The request's message.
   *
   * @throws IOException when its bytes are none
   */
  public static ExportLogsServiceRequest parse(ExportRequest request) throws IOException {
    CodedInputStream in = joined(request).newCodedInput();
    in.setRecursionLimit(MAX_MESSAGE_DEPTH);
    return ExportLogsServiceRequest.parseFrom(in);
  }

  private static ByteString joined(ExportRequest request) {
    ByteString joined = ByteString.EMPTY;
    for (ByteBuffer part : request.parts()) {
      joined = joined.concat(UnsafeByteOperations.unsafeWrap(part.duplicate()));
    }
    return joined;
  }
}
