package cloud.gardener.logging.tool.queue;

import cloud.gardener.logging.tool.queue.StoredFiles.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code queue list}: one line for each folder and kind of file. */
@Command(name = "list", description = "Prints what waits where: files, records, bytes, and the time of the oldest record.")
final class ListCommand extends QueueCommand.OfFiles {
  private static final String ROW = "%-20s %6s %10s %12s  %-24s %s%n";

  /** The sum of the files of one kind in one folder. */
  private static final class Sum {
    private int files;
    private long records;
    private long bytes;
    private Instant oldest = Instant.MAX;
    private boolean damaged;

    void add(SegmentReader.Content content) {
      for (SegmentReader.Piece piece : content.pieces()) {
        damaged |= !piece.isIntact();
        if (piece.content() != null && piece.state() != SegmentReader.State.SENT) {
          records += piece.content().records();
          bytes += piece.bytes();
          oldest = piece.content().time().isBefore(oldest) ? piece.content().time() : oldest;
        }
      }
      damaged |= content.waiting() < 0;
    }
  }

  private record Row(Path folder, StoredFiles.Kind kind) {}

  @Override
  void run(List<StoredFile> files) throws IOException {
    Map<Row, Sum> sums = new LinkedHashMap<>();
    for (StoredFile file : files) {
      Sum sum = sums.computeIfAbsent(new Row(file.folder(), file.kind()), row -> new Sum());
      try {
        if (file.kind() == StoredFiles.Kind.LEFTOVER) {
          sum.bytes += Files.size(file.path());
        } else {
          sum.add(SegmentReader.read(file));
        }
        sum.files++;
      } catch (FileNotFoundException | NoSuchFileException e) {
        // The plugin has just sent what was in it.
      }
    }
    out().printf(ROW, "WHAT", "FILES", "RECORDS", "BYTES", "OLDEST", "FOLDER");
    sums.forEach(this::print);
  }

  private void print(Row row, Sum sum) {
    boolean hasRecords = row.kind() != StoredFiles.Kind.LEFTOVER;
    out()
        .printf(
            ROW,
            row.kind().word(),
            sum.files,
            hasRecords ? sum.records : "-",
            sum.bytes,
            sum.oldest.equals(Instant.MAX) ? "-" : sum.oldest,
            row.folder() + (sum.damaged ? "  (damaged)" : ""));
  }
}
