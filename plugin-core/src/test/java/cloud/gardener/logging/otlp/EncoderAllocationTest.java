package cloud.gardener.logging.otlp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.BatchConfig;
import cloud.gardener.logging.config.keys.Mappings;
import cloud.gardener.logging.event.ChunkArray;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.MsgPack;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The hot path allocates nothing for a record, nor for the copy of a chunk. */
class EncoderAllocationTest {
  private static final int RECORDS = 2_000;

  private final ChunkArray array = new ChunkArray(BatchConfig.MAX_BYTES);
  private final EventDecoder decoder = new EventDecoder();
  private final RequestBuilder builder = new RequestBuilder();
  private LogEncoder encoder =
      new LogEncoder(Mappings.of("HostnameValue", "node", "Origin", "seed"), "1");

  @Test
  void shouldAllocateNothingForARecord() {
    assertAllocatesNothing(BenchmarkLines.chunk(RECORDS));
  }

  @Test
  void shouldAllocateNothingForALevelInTheText() {
    assertAllocatesNothing(BenchmarkLines.plain(RECORDS));
  }

  @Test
  void shouldAllocateNothingForLevelsOfEveryKind() {
    Object[] levels = {"[ERROR] ", "INFO+2", 30, 50.0, -4, "30", "custom"};
    MsgPack chunk = new MsgPack();
    for (int i = 0; i < RECORDS; i++) {
      Object level = levels[i / 2 % levels.length];
      Map<String, Object> body =
          i % 2 == 0
              ? Map.of("log", "ts=1 level=warn x", "Level", level)
              : Map.of("log", Map.of("level", level), "message", "m");
      chunk.event(1, i, Map.of(), body);
    }
    assertAllocatesNothing(chunk.chunk());
  }

  @Test
  void shouldAllocateNothingForRecordsOfTwoHostsOfJournald() {
    encoder = new LogEncoder(Mappings.DEFAULT, "1");
    MsgPack chunk = new MsgPack();
    for (int i = 0; i < RECORDS; i++) {
      chunk.event(1, i, Map.of(), Map.of("MESSAGE", "m", "PRIORITY", "6", "_HOSTNAME", "n" + i % 2));
    }
    assertAllocatesNothing(chunk.chunk());
  }

  @Test
  void shouldAllocateNothingForRecordsOfTwoPodsWithLabels() {
    encoder = new LogEncoder(Mappings.of("PodLabels", "*"), "1");
    MsgPack chunk = new MsgPack();
    for (int i = 0; i < RECORDS; i++) {
      Map<String, Object> pod =
          Map.of(
              "pod_name", "web-6d4c75cb6d-x8k2" + (i % 2 == 0 ? "p" : "q"),
              "namespace_name", "ns",
              "container_name", "c",
              "labels", Map.of("app", "web", "pod-template-hash", "6d4c75cb6d"));
      Map<String, Object> body = Map.of("log", "m", "stream", "stdout", "kubernetes", pod);
      chunk.event(1, i, Map.of(), body);
    }
    assertAllocatesNothing(chunk.chunk());
  }

  private void assertAllocatesNothing(ByteBuffer chunk) {
    for (int i = 0; i < 50; i++) {
      encode(chunk);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < 10; i++) {
      encode(chunk);
    }
    long perRecord = (threads.getThreadAllocatedBytes(thread) - before) / (10L * RECORDS);
    assertTrue(perRecord == 0, perRecord + " bytes a record");
  }

  private void encode(ByteBuffer chunk) {
    array.copy(chunk);
    decoder.wrap(array);
    while (decoder.next() == EventDecoder.RECORD) {
      encoder.encode(decoder);
      builder.add(encoder);
    }
    assertTrue(builder.records() == RECORDS);
    builder.reset();
  }
}
