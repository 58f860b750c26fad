package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.intake.FlushResult;
import cloud.gardener.logging.sink.PathSink;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shoots without a disk queue. */
class SdkShootsTest {
  @TempDir Path folder;

  @Test
  void shouldSendToEachBackendWhatIsItsOwn() throws Exception {
    try (PathSink sink = PathSink.start();
        RoutedOutput output =
            new RoutedOutput(
                folder,
                "SeedType", "otlp_http",
                "ShootType", "otlp_http",
                "Endpoint", sink.prefix() + "seed",
                "DynamicHostRegex", "^shoot-",
                "DynamicHostPrefix", sink.prefix(),
                "DynamicHostSuffix", "",
                "UseSDKBatchProcessor", "true",
                "SDKBatchExportInterval", "20ms")) {
      output.shoots.with("shoot-a", ShootState.READY).with("shoot-b", ShootState.READY).publish();
      MsgPack chunk = new MsgPack();
      RoutedOutput.add(chunk, "shoot-a", 30);
      RoutedOutput.add(chunk, "garden", 10);
      RoutedOutput.add(chunk, "shoot-b", 20);

      assertEquals(FlushResult.OK, output.flush(chunk.chunk()));
      output.awaitNothingBuffered();

      assertEquals(30, sink.records("shoot-a"));
      assertEquals(20, sink.records("shoot-b"));
      assertEquals(10, sink.records("seed"));
      assertEquals(60, output.metric("otel_sdk_processor_log_processed_total"));
      assertFalse(Files.exists(folder.resolve("test").resolve("shoot.shoot-a")));
    }
  }
}
