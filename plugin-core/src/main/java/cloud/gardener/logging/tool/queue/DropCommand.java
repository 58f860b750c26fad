package cloud.gardener.logging.tool.queue;

import cloud.gardener.logging.queue.QueueException;
import cloud.gardener.logging.tool.queue.StoredFiles.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code queue drop}: deletes files. */
@Command(
    name = "drop",
    description = {
      "Deletes files with all their records. What waits for a running plugin, or for one in Go, is not deleted: stop Fluent Bit first.",
      "Exit code: 0 when all was deleted, 1 when not."
    })
final class DropCommand extends QueueCommand.OfFiles {
  @Option(names = "--yes", description = "Without it, only says what would be deleted.")
  private boolean confirmed;

  @Override
  void run(List<StoredFile> files) throws IOException {
    try (Removal removal = new Removal(new LauncherFlock())) {
      for (StoredFile file : files) {
        drop(file, removal);
      }
    }
    if (!confirmed && !files.isEmpty()) {
      setFailed();
      out().println("nothing was deleted: add --yes to delete these files and their records");
    }
  }

  private void drop(StoredFile file, Removal removal) throws IOException {
    try {
      removal.lock(file);
      if (confirmed) {
        Files.delete(file.path());
      }
      out().println(file.path() + ": " + file.kind().word() + (confirmed ? ", deleted" : ""));
    } catch (QueueException e) {
      setFailed();
      out().println(file.path() + ": not deleted: " + e.getMessage());
    }
  }
}
