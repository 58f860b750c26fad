package cloud.gardener.logging.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cloud.gardener.logging.event.MsgPack;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestSliceTest {
  private static final int RECORDS = 12;

  /** Twelve records of three pods, two of which come again later. */
  private final ExportLogsServiceRequest whole = request();

  @Test
  void shouldGiveEveryRangeWithItsResourceAndScope() throws Exception {
    List<String> all = described(whole);
    assertEquals(RECORDS, all.size());
    for (int from = 0; from <= RECORDS; from++) {
      for (int to = from; to <= RECORDS; to++) {
        assertEquals(all.subList(from, to), described(slice(from, to)), from + " to " + to);
      }
    }
  }

  @Test
  void shouldGiveTheWholeForTheWholeRange() throws Exception {
    assertEquals(whole, slice(0, RECORDS));
  }

  @Test
  void shouldHoldNothingForAnEmptyRange() throws Exception {
    assertEquals(0, slice(4, 4).getSerializedSize());
  }

  @Test
  void shouldReadFromThePositionToTheLimit() throws Exception {
    byte[] bytes = whole.toByteArray();
    ByteBuffer padded = ByteBuffer.allocate(bytes.length + 20).put(new byte[7]).put(bytes);
    padded.flip().position(7);
    ByteBuffer slice = RequestSlice.of(padded, 0, RECORDS);
    assertEquals(whole, ExportLogsServiceRequest.parseFrom(slice));
    assertEquals(7, padded.position());
  }

  @Test
  void shouldRefuseWhatIsNoRequest() {
    ByteBuffer torn = ByteBuffer.wrap(whole.toByteArray(), 0, 40).slice();
    assertThrows(IllegalArgumentException.class, () -> RequestSlice.of(torn, 0, 1));
  }

  private ExportLogsServiceRequest slice(int from, int to) throws InvalidProtocolBufferException {
    return ExportLogsServiceRequest.parseFrom(
        RequestSlice.of(ByteBuffer.wrap(whole.toByteArray()), from, to));
  }

  private static ExportLogsServiceRequest request() {
    MsgPack chunk = new MsgPack();
    for (int i = 0; i < RECORDS; i++) {
      Map<String, Object> pod = Map.of("pod_name", "pod-" + i % 5 / 2);
      chunk.event(100 + i, 0, Map.of(), Map.of("log", "line " + i, "kubernetes", pod));
    }
    return new Encoded(Encoded.PLAIN).request(chunk.bytes());
  }

  /** Each record with what it belongs to, in the order in which they stand. */
  private static List<String> described(ExportLogsServiceRequest request) {
    List<String> records = new ArrayList<>();
    for (ResourceLogs resource : request.getResourceLogsList()) {
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        for (LogRecord record : scope.getLogRecordsList()) {
          records.add(resource.getResource() + resource.getSchemaUrl() + scope.getScope() + record);
        }
      }
    }
    return records;
  }
}
