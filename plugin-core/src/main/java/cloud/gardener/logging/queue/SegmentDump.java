package cloud.gardener.logging.queue;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Shows what is in the files of a queue: segments, quarantined files, dead letters. Reads only; may run
 * beside the plugin.
 *
 * <pre>
 *   java -cp 'gardener/lib/*' cloud.gardener.logging.queue.SegmentDump [--to FOLDER] FILE|FOLDER ...
 * </pre>
 *
 * With {@code --to} each intact payload becomes a file in FOLDER, named for its segment, its position and
 * its format.
 */
public final class SegmentDump {
  private static final String USAGE =
      "usage: SegmentDump [--to FOLDER] FILE|FOLDER ...   (segments, quarantined files, dead letters)";

  private final PrintStream out;
  private final Path to;
  private boolean allIntact = true;

  private SegmentDump(PrintStream out, Path to) {
    this.out = out;
    this.to = to;
  }

  /** Exits with 0 when all is intact, 1 when something is not, 2 when it was called wrongly. */
  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    List<String> paths = new ArrayList<>(List.of(args));
    Path to = null;
    if (paths.size() >= 2 && paths.get(0).equals("--to")) {
      to = Path.of(paths.get(1));
      paths = paths.subList(2, paths.size());
    }
    if (paths.isEmpty() || paths.get(0).startsWith("--")) {
      err.println(USAGE);
      return 2;
    }
    SegmentDump dump = new SegmentDump(out, to);
    try {
      if (to != null) {
        Files.createDirectories(to);
      }
      for (String path : paths) {
        dump.dumpAll(Path.of(path));
      }
    } catch (IOException e) {
      err.println("cannot read or write: " + e);
      return 2;
    }
    return dump.allIntact ? 0 : 1;
  }

  private void dumpAll(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      dump(path);
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(path)) {
      files = all.filter(SegmentDump::isOurs).sorted().toList();
    }
    for (Path file : files) {
      dump(file);
    }
  }

  private static boolean isOurs(Path file) {
    return SegmentNames.numberOf(file) >= 0 || SegmentNames.isQuarantined(file);
  }

  private void dump(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      SegmentLayout.Header header = SegmentCheck.headerOf(file);
      if (header == null || !header.isPlausible()) {
        out.println(path + ": its header is damaged");
        allIntact = false;
        header = null;
      } else {
        out.println(path + ": " + header.count() + " entries wait");
      }
      EntryScan scan = new EntryScan(file);
      for (EntryScan.Piece piece = scan.next(); piece != null; piece = scan.next()) {
        if (piece.isReadable()) {
          entry(path, file, piece, header);
        } else if (piece.isEntry() || !isEmpty(file, piece)) {
          out.println("  at " + piece.position() + ": " + piece.bytes() + " bytes are damaged");
          allIntact = false;
        }
      }
    }
  }

  private void entry(
      Path path, RandomAccessFile file, EntryScan.Piece piece, SegmentLayout.Header header)
      throws IOException {
    byte[] bytes = new byte[(int) piece.bytes() - SegmentLayout.ELEMENT_HEADER_BYTES];
    file.seek(piece.position() + SegmentLayout.ELEMENT_HEADER_BYTES);
    file.readFully(bytes);
    SegmentEntry entry = SegmentEntry.of(bytes);
    out.println("  at " + piece.position() + ": " + state(piece, header) + ", " + entry.describe());
    if (!entry.isIntact()) {
      allIntact = false;
    } else if (to != null) {
      String name = path.getFileName() + "-" + piece.position() + "." + entry.format();
      Files.write(to.resolve(name), entry.payload());
    }
  }

  private static String state(EntryScan.Piece piece, SegmentLayout.Header header) {
    if (header == null) {
      return "whether it was sent is not known";
    }
    boolean waits =
        header.count() > 0
            && piece.position() >= header.first()
            && piece.position() <= header.last();
    return waits ? "waits" : "was sent";
  }

  /** Whether nothing was ever written there. */
  private static boolean isEmpty(RandomAccessFile file, EntryScan.Piece piece) throws IOException {
    FileWindow window = new FileWindow(file);
    for (long position = piece.position(); position < piece.end(); position++) {
      if (window.bytes()[window.at(position, 1)] != 0) {
        return false;
      }
    }
    return true;
  }
}
