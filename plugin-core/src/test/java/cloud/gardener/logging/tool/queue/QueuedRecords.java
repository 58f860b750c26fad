package cloud.gardener.logging.tool.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.gardener.logging.config.QueueConfig;
import cloud.gardener.logging.config.value.FullPolicy;
import cloud.gardener.logging.config.value.QueueSync;
import cloud.gardener.logging.queue.DeadLetterQueue;
import cloud.gardener.logging.queue.DiskQueue;
import cloud.gardener.logging.queue.QueueEntry;
import cloud.gardener.logging.queue.QueueException;
import cloud.gardener.logging.queue.QueueFolder;
import cloud.gardener.logging.queue.QueueListener;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Writes the queues of an output as the plugin does. */
final class QueuedRecords {
  static final long TIME_MS = 1_700_000_000_000L;

  private static final long BOUND = 1 << 19;
  private static final QueueListener NOBODY =
      new QueueListener() {
        @Override
        public void onLoss(long records) {
          throw new AssertionError(records + " records are lost");
        }

        @Override
        public void onQuarantine() {
          throw new AssertionError("a file is quarantined");
        }
      };

  private QueuedRecords() {}

  static void appendDeadLetter(Path output, String bytes, int records, String format, String reason)
      throws QueueException {
    try (QueueFolder home = QueueFolder.open(output, BOUND, "the test");
        DeadLetterQueue letters = openLetters(home)) {
      letters.add(ByteBuffer.wrap(bytes.getBytes(UTF_8)), records, format, reason);
    }
  }

  /** Adds an entry of one record for each text, to the target "seed". */
  static void append(Path output, String... texts) throws QueueException {
    try (QueueFolder home = QueueFolder.open(output, BOUND, "the test");
        DiskQueue queue = open(home)) {
      for (String text : texts) {
        append(queue, text);
      }
    }
  }

  static DeadLetterQueue openLetters(QueueFolder home) throws QueueException {
    return home.openDeadLetters(QueueSync.NORMAL, NOBODY);
  }

  static DiskQueue open(QueueFolder home) throws QueueException {
    QueueConfig config =
        new QueueConfig(
            home.path(), "any", 500, QueueSync.NORMAL, BOUND, BOUND, FullPolicy.RETRY, 1000, 0);
    return home.openQueue("seed", config, NOBODY);
  }

  static void append(DiskQueue queue, String text) {
    byte[] request = request(text).toByteArray();
    byte[] bytes = new byte[QueueEntry.HEADER_BYTES + request.length];
    System.arraycopy(request, 0, bytes, QueueEntry.HEADER_BYTES, request.length);
    queue.append(List.of(QueueEntry.seal(bytes, bytes.length, 1, TIME_MS)));
  }

  private static ExportLogsServiceRequest request(String text) {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    request
        .addResourceLogsBuilder()
        .addScopeLogsBuilder()
        .addLogRecordsBuilder()
        .setTraceId(ByteString.fromHex("0123456789abcdef0123456789abcdef"))
        .setBody(AnyValue.newBuilder().setStringValue(text));
    return request.build();
  }
}
