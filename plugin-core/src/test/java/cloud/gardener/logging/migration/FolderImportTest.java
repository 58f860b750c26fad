package cloud.gardener.logging.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.intake.TargetEncoder;
import cloud.gardener.logging.migration.FolderImport.Step;
import cloud.gardener.logging.route.RouteConfigs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a folder's files and of their records. */
class FolderImportTest {
  private static final String ONE = "0000000000001.dque";
  private static final String TWO = "0000000000002.dque";

  @TempDir Path folder;

  private final FakeImportTarget target = new FakeImportTarget();
  private int errors;
  private boolean held;
  private int locks;

  private FolderImport newImport() {
    return new FolderImport(
        folder,
        target,
        file -> {
          if (held) {
            return null;
          }
          locks++;
          return () -> locks--;
        },
        () -> new TargetEncoder(RouteConfigs.of(), target),
        new ImportReport(target.name(), folder, () -> errors++));
  }

  private void runImport() throws IOException {
    FolderImport all = newImport();
    while (all.step() == Step.FILE) {
      assertEquals(1, locks);
    }
    assertEquals(0, locks);
  }

  @Test
  void shouldImportTheRealFilesInTheirOrderOnce() throws Exception {
    GoQueueFiles.copyReal(folder);
    runImport();

    assertEquals(10, target.records);
    assertEquals("record 0", target.bodies().get(0));
    assertEquals("record 9", target.bodies().get(9));
    assertEquals(
        List.of(ONE + ".imported", TWO + ".imported", "0000000000003.dque.imported", "lock.lock"),
        GoQueueFiles.names(folder));
    runImport();
    assertEquals(10, target.records);
    assertEquals(0, errors);
  }

  @Test
  void shouldOrderFilesByNumber() throws Exception {
    new GoQueueFiles().add("third").write(folder, 100);
    new GoQueueFiles().add("second").write(folder, 20);
    Files.write(folder.resolve("3.dque"), new GoQueueFiles().add("first").bytes());
    Files.write(folder.resolve("x.dque"), new byte[] {1});
    runImport();
    assertEquals(List.of("first", "second", "third"), target.bodies());
  }

  @Test
  void shouldKeepTheTimes() throws Exception {
    new GoQueueFiles().add("a").write(folder, 1);
    runImport();
    assertEquals(
        1_000_000_000L * Instant.parse("2026-11-26T10:00:00Z").getEpochSecond() + 500_000_000,
        target.logs().get(0).getTimeUnixNano());
    assertEquals(
        1_000_000_000L * Instant.parse("2026-11-26T10:00:01Z").getEpochSecond(),
        target.logs().get(0).getObservedTimeUnixNano());
  }

  @Test
  void shouldLeaveAFileWithoutAReadableRecordAndGoOn() throws Exception {
    Files.write(folder.resolve(ONE), new byte[] {1, 2, 3});
    new GoQueueFiles().item("no gob at all".getBytes()).write(folder, 3);
    new GoQueueFiles().add("a").write(folder, 2);
    runImport();
    assertEquals(List.of("a"), target.bodies());
    assertEquals(List.of(ONE, TWO + ".imported", "0000000000003.dque"), GoQueueFiles.names(folder));
    assertEquals(2, errors);
  }

  @Test
  void shouldImportWhatIsReadableOfADamagedFileOnceAndKeepTheFile() throws Exception {
    new GoQueueFiles().add("a").item(new byte[] {1}).add("b").write(folder, 1);
    new GoQueueFiles().add("c").length(1000).raw(new byte[10]).write(folder, 2);
    runImport();
    runImport();
    assertEquals(List.of("a", "b", "c"), target.bodies());
    assertEquals(List.of(ONE + ".damaged", TWO + ".damaged"), GoQueueFiles.names(folder));
    assertEquals(2, errors);
  }

  @Test
  void shouldWaitForRoomAndDropNothing() throws Exception {
    GoQueueFiles many = new GoQueueFiles();
    IntStream.range(0, 3_000).forEach(i -> many.add("seq=" + i));
    many.write(folder, 1);
    FolderImport all = newImport();
    target.room = 0;
    assertEquals(Step.NO_ROOM, all.step());
    assertTrue(all.isBetweenFiles());
    target.room = 1_000;
    assertEquals(Step.NO_ROOM, all.step());
    assertFalse(all.isBetweenFiles());
    assertEquals(List.of(ONE), GoQueueFiles.names(folder));
    target.room = Integer.MAX_VALUE;
    assertEquals(Step.FILE, all.step());
    assertEquals(Step.END, all.step());
    assertEquals(IntStream.range(0, 3_000).mapToObj(i -> "seq=" + i).toList(), target.bodies());
  }

  @Test
  void shouldDoubleAtMostOneFileAfterACrash() throws Exception {
    List<String> all = IntStream.range(0, 6_000).mapToObj(i -> "seq=" + i).toList();
    for (int file = 0; file < 3; file++) {
      GoQueueFiles content = new GoQueueFiles();
      all.subList(2_000 * file, 2_000 * file + 2_000).forEach(content::add);
      content.write(folder, file + 1);
    }
    FolderImport crashes = newImport();
    target.room = 3_500;
    assertEquals(Step.FILE, crashes.step());
    assertEquals(Step.NO_ROOM, crashes.step()); // The process dies here, in the second file.
    int before = target.records;
    assertTrue(before > 2_000 && before < 3_500);
    crashes.close(); // Releases the lock, as the end of the process does.
    target.room = Integer.MAX_VALUE;
    runImport();
    List<String> arrived = target.bodies();
    assertEquals(all.subList(0, before), arrived.subList(0, before));
    assertEquals(all.subList(2_000, 6_000), arrived.subList(before, arrived.size()));
  }

  @Test
  void shouldNotTouchAFolderThatAPluginInGoUses() throws Exception {
    GoQueueFiles.copyReal(folder);
    List<String> before = GoQueueFiles.names(folder);
    held = true;
    FolderImport waits = newImport();
    assertEquals(Step.IN_USE, waits.step());
    assertEquals(before, GoQueueFiles.names(folder));
    held = false;
    assertEquals(Step.FILE, waits.step());
  }

  @Test
  void shouldFailWhereFilesCannotBeMovedAside() throws Exception {
    new GoQueueFiles().add("a").write(folder, 1);
    Path missing = folder.resolve("missing");
    FolderImport cannot =
        new FolderImport(
            missing, target, file -> () -> {}, () -> new TargetEncoder(RouteConfigs.of(), target),
            new ImportReport("t", missing, () -> errors++));
    assertThrows(IOException.class, cannot::step);
    assertEquals(0, target.records);
  }

  @Test
  void shouldDeleteImportedFilesAfterAWeek() throws Exception {
    Instant now = Instant.now();
    Path old = Files.createFile(folder.resolve(ONE + ".imported"));
    Files.setLastModifiedTime(old, FileTime.from(now.minus(GoFolder.RETENTION).minusSeconds(1)));
    Path young = Files.createFile(folder.resolve(TWO + ".imported"));
    Files.setLastModifiedTime(young, FileTime.from(now.minus(GoFolder.RETENTION).plusSeconds(60)));
    Files.setLastModifiedTime(
        Files.createFile(folder.resolve(TWO + ".damaged")), FileTime.from(Instant.EPOCH));

    GoFolder.deleteExpired(folder, now);

    assertEquals(List.of(TWO + ".damaged", TWO + ".imported"), GoQueueFiles.names(folder));
  }
}
