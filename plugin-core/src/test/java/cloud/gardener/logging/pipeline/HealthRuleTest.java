package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.intake.FlushResult;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose trouble is a reason to start the process anew. A file in the place of a queue's folder is a disk that refuses. */
class HealthRuleTest {
  @TempDir Path folder;

  private RoutedOutput output;

  @BeforeEach
  void open() throws Exception {
    output =
        new RoutedOutput(
            folder,
            "SeedType", "otlp_grpc",
            "Endpoint", "127.0.0.1:1",
            "ShootType", "otlp_grpc",
            "ShutdownGrace", "0s",
            "DynamicHostPrefix", "127.0.0.1:",
            "DynamicHostSuffix", "");
    output.shoots.with("1", ShootState.READY).with("2", ShootState.READY).publish();
  }

  @AfterEach
  void close() {
    output.close();
  }

  private Path refuse(String queue) throws Exception {
    return Files.writeString(folder.resolve("test").resolve(queue), "");
  }

  private FlushResult flush(String namespace) {
    MsgPack chunk = new MsgPack();
    RoutedOutput.add(chunk, namespace, 1);
    return output.flush(chunk.chunk());
  }

  @Test
  void shouldBeWellWhileOneShootAloneIsInTrouble() throws Exception {
    refuse("shoot.1");

    assertEquals(FlushResult.RETRY, flush("1"));
    assertEquals(FlushResult.OK, flush("2"));

    assertNull(output.problem());
  }

  @Test
  void shouldBlameTheDiskWhenTwoShootsAreInTrouble() throws Exception {
    Path one = refuse("shoot.1");
    refuse("shoot.2");
    assertEquals(FlushResult.RETRY, flush("1"));
    assertEquals(FlushResult.RETRY, flush("2"));

    assertEquals("the disk refuses", output.problem().replaceFirst("test/shoot.[12]: ", ""));

    Files.delete(one);
    assertEquals(FlushResult.OK, flush("1"));
    assertNull(output.problem());
  }

  @Test
  void shouldNameTheSeedWhenItIsInTrouble() throws Exception {
    refuse("seed");
    output.shoots.with("1", ShootState.CREATION).publish();

    assertEquals(FlushResult.RETRY, flush("1"));

    assertEquals("test/seed: the disk refuses", output.problem());
  }
}
