package cloud.gardener.logging.export;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * Parses an {@code ExportLogsServiceResponse}. The parser is handwritten, because the generated classes and their
 * descriptors would occupy memory for two fields:
 *
 * <pre>
 *   ExportLogsServiceResponse  1: partial_success
 *   ExportLogsPartialSuccess   1: rejected_log_records (int64)   2: error_message (string)
 * </pre>
 */
public final class ExportResponse {
  private static final int PARTIAL_SUCCESS = tag(1, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final int REJECTED_LOG_RECORDS = tag(1, WireFormat.WIRETYPE_VARINT);
  private static final int ERROR_MESSAGE = tag(2, WireFormat.WIRETYPE_LENGTH_DELIMITED);

  /** The result of a response above the limit of 4 MiB: the backend has the request. */
  public static final ExportResult.Accepted ABOVE_THE_LIMIT =
      new ExportResult.Accepted(0, "the response to an accepted request is above 4 MiB");

  private long rejected;
  private String message = "";

  private ExportResponse() {}

  /**
   * Parses a response with status OK.
   *
   * @param response the serialized response
   * @param records number of records in the request: no backend can reject more, whatever it responds
   * @throws IOException when the bytes are not such a response
   */
  public static ExportResult.Accepted parse(byte[] response, int records) throws IOException {
    if (response.length == 0) {
      return ExportResult.Accepted.ALL;
    }
    ExportResponse parsed = new ExportResponse();
    parsed.readResponse(CodedInputStream.newInstance(response));
    return new ExportResult.Accepted(
        Math.max(0, Math.min(records, parsed.rejected)), parsed.message);
  }

  private void readResponse(CodedInputStream in) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == PARTIAL_SUCCESS) {
        int outerLimit = in.pushLimit(in.readRawVarint32());
        readPartialSuccess(in);
        in.popLimit(outerLimit);
      } else {
        skip(in, tag);
      }
    }
  }

  private void readPartialSuccess(CodedInputStream in) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == REJECTED_LOG_RECORDS) {
        rejected = in.readInt64();
      } else if (tag == ERROR_MESSAGE) {
        message = in.readString();
      } else {
        skip(in, tag);
      }
    }
  }

  /** Fails on an end-group tag without a group, which is how protobuf reads "&lt;html&gt;". */
  private static void skip(CodedInputStream in, int tag) throws IOException {
    if (!in.skipField(tag)) {
      throw new IOException("the end of a group that has not begun");
    }
  }

  private static int tag(int field, int wireType) {
    return field << 3 | wireType;
  }
}
