package cloud.gardener.logging.otlp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.Mappings;
import cloud.gardener.logging.event.EventDecoder;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The hot path allocates nothing for a record. */
class AllocationTest {
  private static final int RECORDS = 2_000;

  private final EventDecoder decoder = new EventDecoder();
  private final LogEncoder encoder =
      new LogEncoder(Mappings.of("HostnameValue", "node", "Origin", "seed"), "1");
  private final RequestBuilder builder = new RequestBuilder();

  @Test
  void shouldAllocateNothingForARecord() {
    ByteBuffer chunk = BenchmarkLines.chunk(RECORDS);
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
    decoder.wrap(chunk, chunk.remaining());
    while (decoder.next() == EventDecoder.RECORD) {
      encoder.encode(decoder);
      builder.add(encoder);
    }
    assertTrue(builder.records() == RECORDS);
    builder.reset();
  }
}
