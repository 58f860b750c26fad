package cloud.gardener.logging.export;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One serialized {@code ExportLogsServiceRequest}, as the pieces that lie in the queue's memory.
 * Neither the buffers nor their positions are changed by an export.
 *
 * @param parts what it consists of, in order: from position to limit of each. Heap buffers with an
 *     accessible array are sent without a copy of their own; others are copied piece by piece
 * @param records log records in it, at least 1
 * @param bytes the length of all parts together, at least 1
 */
public record ExportRequest(List<ByteBuffer> parts, int records, int bytes) {
  /** Checks that the counts agree with the parts. */
  public ExportRequest {
    parts = List.copyOf(parts);
    long sum = 0;
    for (ByteBuffer part : parts) {
      sum += part.remaining();
    }
    if (sum != bytes || bytes < 1 || records < 1) {
      throw new IllegalArgumentException(
          records + " records in " + bytes + " bytes, but parts of " + sum + " bytes");
    }
  }

  /** Counts only: the parts are the users' logs. */
  @Override
  public String toString() {
    return "ExportRequest[" + records + " records, " + bytes + " bytes]";
  }
}
