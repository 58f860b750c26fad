package cloud.gardener.logging.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Mutates valid chunks at random: whatever comes out must be protobuf, and nothing may be thrown. {@code
 * -Dfuzz.iterations=1000000} for the long form, {@code -Dfuzz.seed=...} to repeat one.
 */
class FuzzTest {
  private static final int ITERATIONS = Integer.getInteger("fuzz.iterations", 20_000);
  private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());

  @Test
  void shouldSurviveMutatedChunks() {
    Random random = new Random(SEED);
    RandomValues values = new RandomValues(random);
    Encoded encoded = new Encoded(Encoded.PLAIN);
    int records = 0;
    int malformed = 0;
    byte[] chunk = values.chunk();
    for (int i = 0; i < ITERATIONS; i++) {
      if (i % 16 == 0) {
        chunk = values.chunk();
      }
      byte[] mutated = mutate(chunk, random);
      try {
        encoded.request(mutated);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + SEED + ", iteration " + i, e);
      }
      records += encoded.builder.records();
      malformed += encoded.malformed;
    }
    // The mutations must reach both sides of every check.
    assertTrue(records > ITERATIONS / 10 && malformed > ITERATIONS / 10, "seed " + SEED);
  }

  /** The array of a chunk is longer than the chunk. Behind its end are, at worst, values that continue it. */
  @Test
  void shouldReadNothingBehindTheEndOfAChunk() {
    Random random = new Random(SEED);
    RandomValues values = new RandomValues(random);
    Encoded alone = new Encoded(Encoded.PLAIN);
    Encoded continued = new Encoded(Encoded.PLAIN);
    byte[] chunk = values.chunk();
    int cut = 0;
    for (int i = 0; i < ITERATIONS; i++) {
      if (i % 16 == 0) {
        chunk = values.chunk();
      }
      byte[] array = i % 2 == 0 ? chunk : mutate(chunk, random);
      int size = random.nextInt(array.length + 1);
      String at = "seed " + SEED + ", iteration " + i;
      assertEquals(alone.request(Arrays.copyOf(array, size)), continued.request(array, size), at);
      assertEquals(alone.malformed, continued.malformed, at);
      cut += alone.malformed;
    }
    assertTrue(cut > ITERATIONS / 2, "seed " + SEED);
  }

  private static byte[] mutate(byte[] chunk, Random random) {
    byte[] mutated = chunk.clone();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(mutated.length);
      switch (random.nextInt(4)) {
        case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutated[at] = (byte) random.nextInt();
        case 2 -> mutated[at] = (byte) (0xc0 + random.nextInt(0x20));
        default -> mutated = Arrays.copyOf(mutated, 1 + random.nextInt(mutated.length));
      }
    }
    return mutated;
  }
}
