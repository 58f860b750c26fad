package cloud.gardener.logging.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The queue does what a list would do, whatever happens to it: random sequences of appends, reads, removals,
 * drops, restarts and failures of the disk, checked after each step.
 *
 * <p>{@code -Dqueue.sequences=1000000} for a long run, {@code -Dqueue.seed=} the number that a failure prints
 * for that sequence alone.
 */
class ModelTest {
  private static final int SEQUENCES = Integer.getInteger("queue.sequences", 10_000);
  private static final Long SEED = Long.getLong("queue.seed");

  @Test
  void shouldEqualItsModel() throws IOException {
    int steps = 0;
    int restarts = 0;
    int failures = 0;
    if (SEED != null) {
      run(SEED);
      return;
    }
    for (long seed = 0; seed < SEQUENCES; seed++) {
      ModelRun done = run(seed);
      steps += done.steps();
      restarts += done.restarts();
      failures += done.failures();
    }
    assertTrue(steps >= 10 * SEQUENCES, "steps " + steps);
    assertTrue(restarts > SEQUENCES / 2, "restarts " + restarts);
    assertTrue(failures > SEQUENCES / 4, "failed operations of the disk " + failures);
  }

  private static ModelRun run(long seed) throws IOException {
    Path memory = Path.of("/dev/shm");
    Path parent = Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir"));
    Path folder = Files.createTempDirectory(parent, "queue-model");
    try {
      ModelRun run = new ModelRun(folder, new Random(seed));
      run.run();
      return run;
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("-Dqueue.seed=" + seed + ": " + e.getMessage(), e);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    }
  }

  @Test
  void shouldRunTheSameSequenceForTheSameSeed() throws IOException {
    assertEquals(run(42).toString(), run(42).toString());
  }
}
