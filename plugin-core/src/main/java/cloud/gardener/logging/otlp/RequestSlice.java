package cloud.gardener.logging.otlp;

import cloud.gardener.logging.otlp.value.Fields;
import cloud.gardener.logging.otlp.value.ProtoBuffer;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Extracts a range of records from a serialized ExportLogsServiceRequest, each with its resource and scope. Used for
 * the rare request that a backend does not accept as a whole; allocates.
 */
public final class RequestSlice {
  /** The tags that lead to a record: of the request, of its ResourceLogs, of their ScopeLogs. */
  private static final int[] PATH = {
    Fields.REQUEST_RESOURCE_LOGS, Fields.RESOURCE_LOGS_SCOPE_LOGS, Fields.SCOPE_LOGS_RECORDS
  };

  private final byte[] bytes;
  private final int from;
  private final int to;
  private int seen;

  private RequestSlice(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /**
   * Returns the records {@code from} (inclusive) to {@code to} (exclusive), counted from 0 in their order in the
   * request.
   *
   * @param request backed by an accessible array; its position does not change
   * @return a new request, empty if no record is in the range
   * @throws IllegalArgumentException if the bytes are not a request
   */
  public static ByteBuffer of(ByteBuffer request, int from, int to) {
    RequestSlice slice = new RequestSlice(request.array(), from, to);
    ProtoBuffer out = new ProtoBuffer();
    try {
      slice.copy(request.arrayOffset() + request.position(), request.remaining(), 0, out);
    } catch (IOException e) {
      throw new IllegalArgumentException("not an OTLP request", e);
    }
    return ByteBuffer.wrap(out.array, 0, out.size).slice();
  }

  /** Copies a message without the records outside the range; returns whether any record was in it. */
  private boolean copy(int offset, int length, int depth, ProtoBuffer out) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes, offset, length);
    boolean any = false;
    int fieldAt = offset;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag != PATH[depth]) {
        in.skipField(tag);
        out.raw(bytes, fieldAt, offset + in.getTotalBytesRead() - fieldAt);
      } else {
        int size = in.readRawVarint32();
        any |= child(offset + in.getTotalBytesRead(), size, depth, out);
        in.skipRawBytes(size);
      }
      fieldAt = offset + in.getTotalBytesRead();
    }
    return any;
  }

  private boolean child(int offset, int length, int depth, ProtoBuffer out) throws IOException {
    if (depth == PATH.length - 1) {
      boolean wanted = seen >= from && seen < to;
      seen++;
      if (wanted) {
        out.bytesField(PATH[depth], bytes, offset, length);
      }
      return wanted;
    }
    ProtoBuffer message = new ProtoBuffer();
    boolean any = copy(offset, length, depth + 1, message);
    if (any) {
      out.bytesField(PATH[depth], message.array, 0, message.size);
    }
    return any;
  }
}
