package cloud.gardener.logging.export;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One serialized {@code ExportLogsServiceRequest}, in pieces that lie in the queue's memory. An export changes
 * neither the buffers nor their positions.
 *
 * @param parts the pieces in order, each from position to limit. Heap buffers with an accessible array are sent
 *     without an extra copy; others are copied piece by piece
 * @param records number of log records, at least 1
 * @param bytes total length of the parts, at least 1
 */
public record ExportRequest(List<ByteBuffer> parts, int records, int bytes) {
  /** @throws IllegalArgumentException when the counts contradict the parts */
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

  /** Shows only the counts: the parts are the users' logs. */
  @Override
  public String toString() {
    return "ExportRequest[" + records + " records, " + bytes + " bytes]";
  }
}
