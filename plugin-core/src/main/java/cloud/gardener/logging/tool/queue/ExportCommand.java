package cloud.gardener.logging.tool.queue;

import cloud.gardener.logging.tool.queue.StoredFiles.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code queue export}: a file for each entry. */
@Command(
    name = "export",
    description = {
      "Writes each intact entry to a file named for its segment, its position and its format: .otlp is a serialized"
          + " OTLP request, .json its records as OTLP JSON, .msgpack a chunk of Fluent Bit.",
      "Exit code: 0 when all is intact, 1 when something is damaged."
    })
final class ExportCommand extends QueueCommand.OfFiles {
  @Option(names = "--to", paramLabel = "FOLDER", required = true, description = "Where the files go.")
  private Path folder;

  @Option(names = "--json", description = "Writes OTLP requests as OTLP JSON, one line for each record.")
  private boolean json;

  @Override
  void run(List<StoredFile> files) throws IOException {
    Files.createDirectories(folder);
    int written = 0;
    for (StoredFile file : files) {
      try {
        written += file.kind() == StoredFiles.Kind.LEFTOVER ? 0 : write(file, SegmentReader.read(file));
      } catch (FileNotFoundException e) {
        // The plugin has just sent what was in it.
      }
    }
    out().println(written + " files written to " + folder);
  }

  private int write(StoredFile file, SegmentReader.Content found) throws IOException {
    int written = 0;
    if (!found.isIntact()) {
      setFailed();
    }
    for (SegmentReader.Piece piece : found.pieces()) {
      if (piece.isIntact()) {
        StoredEntry entry = piece.content();
        boolean asJson = json && entry.isOtlp();
        String name =
            file.folder().getFileName() + "-" + file.path().getFileName() + "-" + piece.position() + "."
                + (asJson ? "json" : entry.format());
        byte[] bytes =
            asJson ? ShowCommand.json(entry.payload()).getBytes(StandardCharsets.UTF_8) : entry.payload();
        Files.write(folder.resolve(name), bytes);
        written++;
      }
    }
    return written;
  }
}
