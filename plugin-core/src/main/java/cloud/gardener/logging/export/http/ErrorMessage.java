package cloud.gardener.logging.export.http;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The human-readable message in the body of a failure: the message of a {@code google.rpc.Status} in protobuf or
 * JSON, or plain text.
 */
final class ErrorMessage {
  /** {@code google.rpc.Status 2: message}. */
  private static final int MESSAGE = 2 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private ErrorMessage() {}

  /** Empty when the body has no readable message. Throws no exception. */
  static String of(String contentType, byte[] body) {
    try {
      return switch (contentType) {
        case "application/x-protobuf", "application/protobuf" -> fromProtobuf(body);
        case "application/json" -> JsonResponse.parseMessage(body);
        case "text/plain" -> new String(body, StandardCharsets.UTF_8).strip();
        default -> "";
      };
    } catch (IOException | RuntimeException e) {
      return "";
    }
  }

  private static String fromProtobuf(byte[] status) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(status);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == MESSAGE) {
        return in.readString();
      }
      if (!in.skipField(tag)) {
        break;
      }
    }
    return "";
  }
}
