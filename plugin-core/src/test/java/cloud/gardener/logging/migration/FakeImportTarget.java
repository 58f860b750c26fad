package cloud.gardener.logging.migration;

import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.queue.AppendResult;
import cloud.gardener.logging.queue.QueueEntry;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A target whose queue has room as a test says, and which keeps what it gets. */
final class FakeImportTarget implements ImportTarget {
  final List<ResourceLogs> arrived = new ArrayList<>();
  boolean importing;
  int room = Integer.MAX_VALUE;
  int records;

  @Override
  public String name() {
    return "test/seed";
  }

  @Override
  public boolean needsEntries() {
    return true;
  }

  @Override
  public boolean hasRoomToRestore(long bytes) {
    return room > 0;
  }

  @Override
  public AppendResult restore(List<QueueEntry> entries, int more) {
    if (more > room) {
      return AppendResult.FULL;
    }
    room -= more;
    records += more;
    for (QueueEntry entry : entries) {
      arrived.addAll(request(entry).getResourceLogsList());
    }
    return AppendResult.APPENDED;
  }

  private static ExportLogsServiceRequest request(QueueEntry entry) {
    ByteBuffer payload = entry.payload();
    try {
      return ExportLogsServiceRequest.parseFrom(payload);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void setImporting(boolean now) {
    importing = now;
  }

  List<LogRecord> logs() {
    return arrived.stream()
        .flatMap(resource -> resource.getScopeLogsList().stream())
        .flatMap(scope -> scope.getLogRecordsList().stream())
        .toList();
  }

  List<String> bodies() {
    return logs().stream().map(log -> log.getBody().getStringValue()).toList();
  }

  @Override
  public AppendResult append(List<QueueEntry> entries, int more) {
    throw new AssertionError("an import does not append as a flush does");
  }

  @Override
  public void countDropped(DropReason reason, int more) {
    throw new AssertionError("an import drops nothing");
  }

  @Override
  public void countMuted(int more) {
    throw new AssertionError("an import mutes nothing");
  }

  @Override
  public void close() {}

  @Override
  public void remove() {}
}
