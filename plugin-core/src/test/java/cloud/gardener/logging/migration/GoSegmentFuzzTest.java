package cloud.gardener.logging.migration;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutated files of the real plugin: whatever they hold, reading ends, and nothing but unreadable items is thrown. */
class GoSegmentFuzzTest {
  private static final int FILES = Integer.getInteger("fuzz.files", 3_000);
  private static final int[] HARSH = {0, 1, 0x7f, 0x80, 0xfe, 0xff};

  @TempDir Path folder;

  private final Random random = new Random(11);
  private final GoEvent event = new GoEvent();

  @Test
  void shouldEndWithEveryFile() throws Exception {
    byte[][] real = new byte[GoQueueFiles.REAL.size()][];
    for (int i = 0; i < real.length; i++) {
      real[i] = GoQueueFiles.real(GoQueueFiles.REAL.get(i));
    }
    Path file = folder.resolve("1.dque");
    long read = 0;
    for (int i = 0; i < FILES; i++) {
      byte[] content = mutated(real[random.nextInt(real.length)]);
      Files.write(file, content);
      read += read(file, content.length);
    }
    assertTrue(read > FILES / 2, "hardly any item was read: " + read);
  }

  private byte[] mutated(byte[] content) {
    byte[] mutated = content.clone();
    for (int changes = random.nextInt(8); changes >= 0; changes--) {
      int at = random.nextInt(mutated.length);
      switch (random.nextInt(4)) {
        case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutated[at] = (byte) HARSH[random.nextInt(HARSH.length)];
        case 2 -> mutated = Arrays.copyOf(mutated, 1 + random.nextInt(mutated.length + 16));
        default -> {
          int from = random.nextInt(mutated.length);
          int length = random.nextInt(Math.min(64, mutated.length - Math.max(at, from)) + 1);
          System.arraycopy(mutated, from, mutated, at, length);
        }
      }
    }
    return mutated;
  }

  private long read(Path file, int size) throws Exception {
    long read = 0;
    try (GoSegment segment = GoSegment.open(file)) {
      for (int steps = 0; ; steps++) {
        assertTrue(steps <= size, "more items than bytes");
        try {
          ByteBuffer item = segment.next();
          if (item == null) {
            return read;
          }
          event.write(GoItem.read(item));
          read++;
        } catch (UnreadableException e) {
          assertTrue(e.getMessage().length() < 200);
        }
      }
    }
  }
}
