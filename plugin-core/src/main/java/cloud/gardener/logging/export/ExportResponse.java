package cloud.gardener.logging.export;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * Reads an {@code ExportLogsServiceResponse}. By hand, because the generated classes and their
 * descriptors would stay in memory for two fields:
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

  /** What a response is that is longer than the 4 MiB that are read of one: the backend has the request. */
  public static final ExportResult.Accepted ABOVE_THE_LIMIT =
      new ExportResult.Accepted(0, "the response to an accepted request is above 4 MiB");

  private long rejected;
  private String message = "";

  private ExportResponse() {}

  /**
   * What a response with status OK says.
   *
   * @param records of the request: no backend can reject more, whatever it says
   * @throws IOException when the bytes are no such response
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

  /** A stray end of a group is what protobuf reads in "&lt;html&gt;". */
  private static void skip(CodedInputStream in, int tag) throws IOException {
    if (!in.skipField(tag)) {
      throw new IOException("the end of a group that has not begun");
    }
  }

  private static int tag(int field, int wireType) {
    return field << 3 | wireType;
  }
}
