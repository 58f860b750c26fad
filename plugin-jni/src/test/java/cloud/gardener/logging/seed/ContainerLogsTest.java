package cloud.gardener.logging.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerLogsTest {
  private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-02-03T04:05:06Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void recordsAreNumberedInTheFormatOfCri() throws IOException {
    ContainerLogs.Log log = new ContainerLogs(folder, CLOCK).log("shoot--p--s", "etcd-0", "etcd");
    log.write(1);
    log.write(1);
    log.writeLine("last");

    List<String> lines = Files.readAllLines(container());
    assertTrue(lines.get(0).startsWith("2026-02-03T04:05:06.000000000Z stdout F {\"level\":\"info\""), lines.get(0));
    assertTrue(lines.get(0).contains(" seq=0 "), lines.get(0));
    assertTrue(lines.get(1).startsWith("2026-02-03T04:05:06.000000000Z stdout F W0203 04:05:06.000000 "), lines.get(1));
    assertTrue(lines.get(1).contains(" seq=1 "), lines.get(1));
    assertEquals("2026-02-03T04:05:06.000000000Z stdout F last", lines.get(2));
    assertEquals(2, log.written());
  }

  @Test
  void theNameIsTheKubeletsAndOutlivesARotation() throws IOException {
    ContainerLogs.Log log = new ContainerLogs(folder, CLOCK).log("shoot--p--s", "etcd-0", "etcd");
    log.write(1);
    log.rotate();
    log.write(1);

    assertTrue(container().getFileName().toString().matches("etcd-0_shoot--p--s_etcd-[0-9a-f]{64}\\.log"));
    assertTrue(Files.readString(container()).contains(" seq=1 "));
    try (Stream<Path> files = Files.list(container().toRealPath().getParent())) {
      assertEquals(2, files.count());
    }
  }

  private Path container() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("containers"))) {
      return files.findFirst().orElseThrow();
    }
  }
}
