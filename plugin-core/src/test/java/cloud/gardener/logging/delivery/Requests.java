package cloud.gardener.logging.delivery;

import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.queue.QueueEntry;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** Queue entries of numbered records, and the numbers in a request. */
final class Requests {
  /** Stands for all that is in a request that is none. */
  static final int UNREADABLE = -1;

  private Requests() {}

  /** An entry that says that it has so many records, and is no request. */
  static QueueEntry unreadable(int count) {
    byte[] bytes = new byte[QueueEntry.HEADER_BYTES + 20];
    bytes[QueueEntry.HEADER_BYTES] = 10; // Of a message that is longer than what follows.
    bytes[QueueEntry.HEADER_BYTES + 1] = 99;
    return QueueEntry.seal(bytes, bytes.length, count, 0);
  }

  /** An entry of the records {@code first} to {@code first + count - 1}. */
  static QueueEntry entry(int first, int count) {
    ScopeLogs.Builder scope = ScopeLogs.newBuilder();
    for (int i = first; i < first + count; i++) {
      scope.addLogRecords(
          LogRecord.newBuilder().setBody(AnyValue.newBuilder().setStringValue("" + i)));
    }
    byte[] payload =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
            .build()
            .toByteArray();
    byte[] bytes = new byte[QueueEntry.HEADER_BYTES + payload.length];
    System.arraycopy(payload, 0, bytes, QueueEntry.HEADER_BYTES, payload.length);
    return QueueEntry.seal(bytes, bytes.length, count, 0);
  }

  static List<Integer> numbers(ExportRequest request) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ByteBuffer part : request.parts()) {
      byte[] copy = new byte[part.remaining()];
      part.duplicate().get(copy);
      bytes.writeBytes(copy);
    }
    try {
      return ExportLogsServiceRequest.parseFrom(bytes.toByteArray()).getResourceLogsList().stream()
          .flatMap(resource -> resource.getScopeLogsList().stream())
          .flatMap(scope -> scope.getLogRecordsList().stream())
          .map(record -> Integer.valueOf(record.getBody().getStringValue()))
          .toList();
    } catch (InvalidProtocolBufferException e) {
      return List.of(UNREADABLE);
    }
  }

  /** {@code from} to {@code to - 1}. */
  static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }
}
