package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The heap that a burst of logs took is returned when the node is quiet again. */
class BurstTest {
  private static final int RECORDS = 400_000;

  /** At the start, so that the burst makes the heap grow on a slow machine, too. */
  private static final String SMALL_HEAP = "-Xms5m -Xmn2m";

  /** The heap is looked at once a minute. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Twice what the plugin keeps, and room for young objects. The burst makes the heap grow to nearly 40. */
  private static final int QUIET_HEAP_MIB = 24;

  /** What the JVM logs of the collection, which says the size of the heap after it. */
  private static final Pattern COLLECTION =
      Pattern.compile("Pause Full \\(System\\.gc\\(\\)\\) \\d+M->\\d+M\\((\\d+)M\\)");

  @TempDir Path folder;

  @Test
  void shouldMakeTheHeapSmallerAfterABurst() throws Exception {
    LogFile logs = new LogFile(folder.resolve("pod.log"), 0);
    logs.write(RECORDS);
    Path collections = folder.resolve("collections");
    Configuration configuration = new Configuration(logs.path(), folder.resolve("queue"));
    Map<String, String> environment =
        Map.of("GARDENER_PLUGIN_JAVA_OPTS", SMALL_HEAP + " -Xlog:gc:file=" + collections);
    try (SinkProcess sink = SinkProcess.start();
        HostProcess host =
            HostProcess.start(folder, configuration.to(sink.port()).toString(), environment)) {
      host.await("all records", () -> sink.records() >= RECORDS);
      host.await("a smaller heap", PATIENCE, () -> heapMib(collections) <= QUIET_HEAP_MIB);
      assertEquals(0, host.terminate());
    }
  }

  private static int heapMib(Path collections) throws IOException {
    return COLLECTION.matcher(Files.readString(collections)).results()
        .map(line -> Integer.parseInt(line.group(1)))
        .reduce((first, second) -> second)
        .orElse(Integer.MAX_VALUE);
  }
}
