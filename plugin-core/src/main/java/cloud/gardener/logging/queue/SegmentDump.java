package cloud.gardener.logging.queue;

import cloud.gardener.logging.queue.segment.EntryScan;
import cloud.gardener.logging.queue.segment.FileWindow;
import cloud.gardener.logging.queue.segment.SegmentCheck;
import cloud.gardener.logging.queue.segment.SegmentLayout;
import cloud.gardener.logging.queue.segment.SegmentNames;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prints the content of a queue's files: segments, quarantined files, dead letters. Only reads; may run while the
 * plugin runs.
 *
 * <pre>
 *   java -cp 'gardener/lib/*' cloud.gardener.logging.queue.SegmentDump [OPTIONS] FILE|FOLDER ...
 * </pre>
 *
 * <p>With {@code --to}, each intact payload is written to a file in FOLDER, whose name consists of the segment's
 * name, the position and the format. With {@code --send}, each payload that was not sent is sent to an OTLP/HTTP
 * endpoint, once.
 */
public final class SegmentDump {
  static final String USAGE =
      """
      usage: SegmentDump [OPTIONS] FILE|FOLDER ...   (segments, quarantined files, dead letters)
        --to FOLDER             writes each intact payload to a file
        --send URL              sends each payload to an OTLP/HTTP endpoint: http://host:4318/v1/logs
        --header 'NAME: VALUE'  goes with each request; may be repeated
      """;

  private static final String WAS_SENT = "was sent";

  private final PrintStream out;
  private final Path to;
  private final DeadLetterSender sender;
  private boolean allIsWell = true;

  private SegmentDump(PrintStream out, Path to, DeadLetterSender sender) {
    this.out = out;
    this.to = to;
    this.sender = sender;
  }

  /**
   * Exits with 0 when all entries are intact and were sent as requested, 1 when not, 2 when the arguments are wrong
   * or a file cannot be read or written.
   */
  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    Deque<String> left = new ArrayDeque<>(List.of(args));
    Path to = null;
    String url = null;
    List<String> headers = new ArrayList<>();
    while (left.size() >= 2 && left.peek().startsWith("--")) {
      String option = left.poll();
      switch (option) {
        case "--to" -> to = Path.of(left.poll());
        case "--send" -> url = left.poll();
        case "--header" -> headers.add(left.poll());
        default -> left.clear();
      }
    }
    if (left.isEmpty() || left.peek().startsWith("--")) {
      err.print(USAGE);
      return 2;
    }
    try {
      SegmentDump dump =
          new SegmentDump(out, to, url == null ? null : new DeadLetterSender(url, headers));
      if (to != null) {
        Files.createDirectories(to);
      }
      for (String path : left) {
        dump.dumpAll(Path.of(path));
      }
      return dump.allIsWell ? 0 : 1;
    } catch (IllegalArgumentException e) {
      err.println("cannot be used: " + e.getMessage());
      return 2;
    } catch (IOException e) {
      err.println("cannot read or write: " + e);
      return 2;
    }
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
        allIsWell = false;
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
          allIsWell = false;
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
    String state = state(piece, header);
    String line = "  at " + piece.position() + ": " + state + ", " + entry.describe();
    if (entry.isIntact() && to != null) {
      String name = path.getFileName() + "-" + piece.position() + "." + entry.format();
      Files.write(to.resolve(name), entry.payload());
    }
    String failure = entry.isIntact() && sender != null ? send(entry, state) : null;
    boolean isSent = entry.isIntact() && sender != null && failure == null;
    out.println(line + (isSent ? "; sent now" : failure == null ? "" : "; not sent: " + failure));
    allIsWell &= entry.isIntact() && (failure == null || state.equals(WAS_SENT));
  }

  /** Null when the entry was sent, otherwise the reason why not. */
  private String send(SegmentEntry entry, String state) {
    if (state.equals(WAS_SENT)) {
      return "a backend has it";
    }
    return entry.isOtlp()
        ? sender.send(entry.payload())
        : "a chunk of Fluent Bit's, and no OTLP request";
  }

  private static String state(EntryScan.Piece piece, SegmentLayout.Header header) {
    if (header == null) {
      return "whether it was sent is not known";
    }
    boolean waits =
        header.count() > 0
            && piece.position() >= header.first()
            && piece.position() <= header.last();
    return waits ? "waits" : WAS_SENT;
  }

  /** Whether the piece was never written. */
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
