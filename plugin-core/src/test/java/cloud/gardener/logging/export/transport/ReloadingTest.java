package cloud.gardener.logging.export.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.export.ExportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of files that cannot be read again. */
class ReloadingTest {
  private final AtomicLong nanoTime = new AtomicLong();

  @TempDir Path folder;
  private Path file;
  private Throwable failure;
  private Reloading<String> reloading;

  @BeforeEach
  void createReloading() throws Exception {
    file = Files.writeString(folder.resolve("file"), "first");
    reloading = new Reloading<>("a file", List.of(file), this::load, nanoTime::get);
  }

  @Test
  void shouldLoadAgainAfterAFailureThatIsNotOfTheFiles() throws Exception {
    Files.writeString(file, "the second");
    failure = new OutOfMemoryError("as a test");
    assertEquals("first", currentAfterCheck());
    failure = null;
    assertEquals("the second", currentAfterCheck());
  }

  @Test
  void shouldLoadAnInvalidFileAgainOnlyWhenItChanges() throws Exception {
    Files.writeString(file, "the second");
    failure = new ExportException("is no good");
    assertEquals("first", currentAfterCheck());
    failure = null;
    assertEquals("first", currentAfterCheck());
    Files.writeString(file, "the third one");
    assertEquals("the third one", currentAfterCheck());
  }

  private String currentAfterCheck() {
    nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(10));
    return reloading.current();
  }

  private String load() throws ExportException {
    if (failure instanceof ExportException e) {
      throw e;
    } else if (failure instanceof Error e) {
      throw e;
    }
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new ExportException(e.getMessage());
    }
  }
}
