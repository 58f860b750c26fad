package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.metrics.TargetLabels;
import cloud.gardener.logging.queue.QueueException;
import cloud.gardener.logging.sink.OtlpSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An output that cannot start leaves nothing behind: no target, no lock, no thread. */
class RefusedOutputTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  private PluginConfig config(String endpoint) {
    return RoutedOutput.config(
        folder,
        "SeedType", "otlp_grpc",
        "Endpoint", endpoint,
        "ShootType", "otlp_grpc",
        "ShutdownGrace", "0s",
        "DynamicHostPrefix", "127.0.0.1:",
        "DynamicHostSuffix", "");
  }

  @Test
  void shouldCloseTheTargetsWhenTheWatchCannotStart() throws Exception {
    leaveRecords();
    PluginConfig config = config("127.0.0.1:1");
    ProcessServices services = ProcessServices.acquire(config);
    try {
      ShootWatch.Source defect =
          (section, metrics, listener) -> {
            throw new IllegalStateException("a defect");
          };
      ShootWatch.Source noMemory =
          (section, metrics, listener) -> {
            throw new OutOfMemoryError("a test");
          };
      for (ShootWatch.Source source : List.of(defect, noMemory)) {
        assertThrows(Throwable.class, () -> Output.open(config, Flocks.FREE, source));
        assertEquals(List.of(), services.metrics().targets());
        assertNull(services.problem());
        assertFalse(
            Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("gardener-targets")));
      }
      Output.open(config, Flocks.FREE, new ShootSource()).close();
    } finally {
      services.release();
    }
  }

  @Test
  void shouldNotSendWhatIsLeftWhenItCannotStart() throws Exception {
    leaveRecords();
    try (OtlpSink sink = OtlpSink.start()) {
      PluginConfig config = config(sink.address());
      ProcessServices services = ProcessServices.acquire(config);
      try {
        ShootWatch.Source source =
            (section, metrics, listener) -> {
              throw new IllegalStateException("a defect");
            };
        assertThrows(IllegalStateException.class, () -> Output.open(config, Flocks.FREE, source));
        long sent = sink.totals().records();

        Output second = Output.open(config, Flocks.FREE, new ShootSource());
        assertTrue(sink.awaitRecords(Math.max(5, sent), PATIENCE));
        second.close();
      } finally {
        services.release();
      }
      assertEquals(5, sink.totals().records());
    }
  }

  @Test
  void shouldLeaveTheOtherOutputAloneThatUsesTheFolder() throws Exception {
    try (RoutedOutput first =
        new RoutedOutput(folder, "SeedType", "otlp_grpc", "Endpoint", "127.0.0.1:1")) {
      assertThrows(
          QueueException.class, () -> Output.open(config("127.0.0.1:1"), Flocks.FREE, new ShootSource()));

      first.flush("", 3);
      assertEquals(3, first.balance("garden").buffered());
      assertEquals(1, first.metrics().targets().stream().filter(t -> isSeed(t.labels())).count());
    }
  }

  private static boolean isSeed(TargetLabels labels) {
    return labels.source().equals("garden");
  }

  /** Five records of the seed, on disk. */
  private void leaveRecords() throws Exception {
    try (RoutedOutput earlier =
        new RoutedOutput(
            folder,
            "SeedType", "otlp_grpc",
            "Endpoint", "127.0.0.1:1",
            "ShutdownGrace", "0s")) {
      earlier.shoots.publish();
      earlier.flush("", 5);
    }
    assertTrue(Files.isDirectory(folder.resolve("test").resolve("seed")));
  }
}
