package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.intake.FlushResult;
import cloud.gardener.logging.sink.PathSink;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Targets that come, get records and go, with clusters that never come back. {@code -Dchurn.targets=10000} for
 * the long form.
 */
@Tag("faults")
class ChurnTest {
  private static final int TARGETS = Integer.getInteger("churn.targets", 500);
  private static final int AT_ONCE = 100;

  /** Threads and files that come and go by themselves: those of pools, and of the virtual machine. */
  private static final int LEEWAY = 8;

  @TempDir Path folder;

  @Test
  void shouldLeaveNothingBehind() throws Exception {
    try (PathSink backend = PathSink.start();
        RoutedOutput output =
            new RoutedOutput(
                folder,
                "SeedType", "noop",
                "ShootType", "otlp_http",
                "HTTPVersion", "1.1",
                "DeletedClientTimeExpiration", "0",
                "DynamicHostPrefix", backend.prefix(),
                "DynamicHostSuffix", "")) {
      createAndDeleteShoots(output, 0);
      int threads = threads();
      long open = openFiles();
      long files = filesBelow(folder);

      for (int first = AT_ONCE; first < TARGETS; first += AT_ONCE) {
        createAndDeleteShoots(output, first);
      }

      assertEquals(TARGETS, backend.records());
      RoutedOutput.await(
          "no more threads than " + threads, () -> threads() <= threads + LEEWAY);
      // A connection that is closed here is so at the backend's end a little later.
      RoutedOutput.await("no more open files than " + open, () -> openFiles() <= open + LEEWAY);
      assertEquals(files, filesBelow(folder), "files of the queues");
      System.out.printf(
          "churn: %d targets came and went, threads %d then %d, open files %d then %d, on disk %d%n",
          TARGETS, threads, threads(), open, openFiles(), files);
    }
  }

  private static void createAndDeleteShoots(RoutedOutput output, int first) throws Exception {
    MsgPack chunk = new MsgPack();
    for (int i = first; i < first + AT_ONCE; i++) {
      output.shoots.with(shoot(i), ShootState.READY);
      RoutedOutput.add(chunk, shoot(i), 1);
    }
    output.shoots.publish();
    assertEquals(FlushResult.OK, output.flush(chunk.chunk()));
    output.awaitNothingBuffered();
    for (int i = first; i < first + AT_ONCE; i++) {
      output.shoots.without(shoot(i));
    }
    output.shoots.publish();
    RoutedOutput.await(
        "only the seed's target is left", () -> output.metrics().targets().size() == 1);
  }

  private static String shoot(int number) {
    return "shoot--p--" + number;
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static long openFiles() {
    return new File("/proc/self/fd").list().length;
  }

  private static long filesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.count();
    }
  }
}
