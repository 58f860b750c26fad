package cloud.gardener.logging.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import cloud.gardener.logging.intake.TargetEncoder;
import cloud.gardener.logging.pipeline.LogLines;
import cloud.gardener.logging.route.RouteConfigs;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two outputs of one process that share a DQueDir, and so the folders of the plugin in Go. */
class SharedFolderTest {
  @TempDir Path folder;

  private final Set<Path> locked = new HashSet<>();
  private final Flock flock = file -> locked.add(file) ? () -> locked.remove(file) : null;

  private TargetImport newImport(FakeImportTarget target) {
    return new TargetImport(
        target,
        List.of(
            new FolderImport(
                folder,
                target,
                flock,
                () -> new TargetEncoder(RouteConfigs.of(), target),
                new ImportReport(target.name(), folder, () -> {}))));
  }

  @Test
  void shouldNotTakeTheLockOfAnotherOutputForThatOfAPluginInGo() throws Exception {
    GoQueueFiles.copyReal(folder);
    FakeImportTarget first = new FakeImportTarget();
    FakeImportTarget second = new FakeImportTarget();
    TargetImport firstImport = newImport(first);
    TargetImport secondImport = newImport(second);
    try (LogLines lines = new LogLines()) {
      assertEquals(TargetImport.Next.AT_ONCE, firstImport.step());
      assertEquals(TargetImport.Next.LATER, secondImport.step());
      assertFalse(second.importing, "its chunks do not wait for the import of another output");
      assertEquals(List.of(), lines.containing("a plugin in Go uses"));
    }
    for (int i = 0; i < 3; i++) {
      assertEquals(TargetImport.Next.AT_ONCE, firstImport.step());
    }
    assertEquals(TargetImport.Next.NEVER, firstImport.step());
    assertEquals(TargetImport.Next.AT_ONCE, secondImport.step());
    assertEquals(TargetImport.Next.NEVER, secondImport.step());
    assertEquals(10, first.records);
    assertEquals(0, second.records);
    assertEquals(Set.of(), locked);
  }
}
