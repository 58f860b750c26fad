package cloud.gardener.logging.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @TempDir(factory = MemoryFolder.class)
  Path folder;

  private int stores;

  @Test
  void shouldEqualItsModel() {
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

  private ModelRun run(long seed) {
    Path store = folder.resolve("" + stores++);
    try {
      ModelRun run = new ModelRun(store, new Random(seed));
      run.run();
      return run;
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("-Dqueue.seed=" + seed + ": " + e.getMessage(), e);
    }
  }

  @Test
  void shouldRunTheSameSequenceForTheSameSeed() {
    assertEquals(run(42).toString(), run(42).toString());
  }
}
