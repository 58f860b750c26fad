package cloud.gardener.logging.export.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.clients.Exports;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written with zstd, read by the reference implementation. */
class ZstdOutputTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 16_384, 131_072, 131_073, 1_000_000, 4_194_304})
  void shouldBeReadByTheReferenceImplementation(int bytes) throws Exception {
    for (int symbols : new int[] {1, 4, 60, 256}) {
      byte[] plain = new byte[bytes];
      Random random = new Random(bytes + symbols);
      for (int i = 0; i < bytes; i++) {
        plain[i] = (byte) random.nextInt(symbols);
      }
      byte[] frame = compressed(plain, bytes);
      assertEquals(bytes, Zstd.getFrameContentSize(frame));
      assertArrayEquals(plain, Zstd.decompress(frame, bytes));
    }
  }

  @Test
  void shouldCompressRecords() throws Exception {
    ExportRequest request = Exports.request(5000);
    byte[] plain = request.parts().get(0).array();
    assertTrue(compressed(plain, plain.length).length < plain.length / 3);
  }

  /** At the size of the largest request: twice that, and the tables. */
  @Test
  void shouldTakeBoundedMemory() throws Exception {
    byte[] plain = new byte[4 * 1024 * 1024];
    new Random(1).nextBytes(plain);
    compressed(plain, plain.length);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try (ZstdOutput out = new ZstdOutput(OutputStream.nullOutputStream(), plain.length)) {
      out.write(plain, 0, plain.length);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 12 * 1024 * 1024, () -> allocated + " bytes");
  }

  private static byte[] compressed(byte[] plain, int expected) throws Exception {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (ZstdOutput out = new ZstdOutput(target, expected)) {
      out.write(plain, 0, plain.length / 2);
      out.write(plain, plain.length / 2, plain.length - plain.length / 2);
    }
    return target.toByteArray();
  }
}
