package cloud.gardener.logging.queue.segment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Decides what of a damaged segment is still to be sent, and mends its file in place, which needs no
 * room on a disk that may be full.
 *
 * <p>The entries are found by their own headers. Which of them wait is told by the file's header: of its
 * first position, last position and count any two are enough. Where they do not agree, all entries wait:
 * some may be sent again, none is lost.
 *
 * <p>Refuses to guess how many records an entry had whose own header is gone.
 */
final class Salvage {
  private final SegmentLayout.Header told;
  private final List<EntryScan.Piece> pieces;
  private final long fileLength;
  private int from;
  private int to;

  private Salvage(SegmentLayout.Header told, List<EntryScan.Piece> pieces, long fileLength) {
    this.told = told;
    this.pieces = pieces;
    this.fileLength = fileLength;
  }

  /** Looks through a file. */
  static Salvage of(OpenSegment file) throws IOException {
    List<EntryScan.Piece> pieces = new ArrayList<>();
    EntryScan scan = new EntryScan(file);
    for (EntryScan.Piece piece = scan.next(); piece != null; piece = scan.next()) {
      pieces.add(piece);
    }
    Salvage salvage = new Salvage(SegmentCheck.headerOf(file), pieces, file.length());
    salvage.choose();
    return salvage;
  }

  private void choose() {
    int first = told == null ? -1 : indexOf(told.first());
    int last = told == null ? -1 : indexOf(told.last());
    from = 0;
    to = pieces.size();
    if (first >= 0 && last >= first) {
      from = first;
      to = last + 1;
    } else if (last >= 0) {
      from = areEntries(last + 1 - told.count(), last + 1) ? last + 1 - told.count() : 0;
      to = last + 1;
    } else if (first >= 0) {
      from = first;
      to = areEntries(first, (long) first + told.count()) ? first + told.count() : pieces.size();
    } else if (told != null && told.isPlausible() && told.first() >= end()) {
      from = to; // The file was cut before anything that waited.
    }
  }

  /** Where the pieces end. */
  private long end() {
    return pieces.isEmpty() ? SegmentLayout.HEADER_BYTES : pieces.get(pieces.size() - 1).end();
  }

  private int indexOf(long position) {
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i).position() == position) {
        return i;
      }
    }
    return -1;
  }

  private boolean areEntries(long begin, long end) {
    return begin >= 0
        && begin < end
        && end <= pieces.size()
        && pieces.subList((int) begin, (int) end).stream().allMatch(EntryScan.Piece::isEntry);
  }

  /** Entries that can be read. */
  int readable() {
    return (int) chosen().filter(EntryScan.Piece::isReadable).count();
  }

  /** Records of entries that cannot be read, but whose header is there. */
  long lostRecords() {
    return chosen()
        .filter(piece -> piece.isEntry() && piece.isCut())
        .mapToLong(EntryScan.Piece::records)
        .sum();
  }

  private Stream<EntryScan.Piece> chosen() {
    return pieces.subList(from, to).stream();
  }

  /** Writes the file's header and its elements' lengths anew; call it when something is readable. */
  SegmentCheck mend(OpenSegment file) throws IOException {
    int begin = from;
    while (!pieces.get(begin).isReadable()) {
      begin++;
    }
    int end = to;
    while (!pieces.get(end - 1).isReadable()) {
      end--;
    }
    long records = 0;
    for (EntryScan.Piece piece : pieces.subList(begin, end)) {
      // What cannot be read between two entries is an element of its own, and is passed over later.
      int element = (int) piece.bytes() - SegmentLayout.ELEMENT_HEADER_BYTES;
      if (piece.element() != element) {
        file.seek(piece.position());
        file.write(SegmentLayout.elementHeader(element));
      }
      records += piece.isReadable() ? piece.records() : 0;
    }
    EntryScan.Piece last = pieces.get(end - 1);
    SegmentLayout.Header header =
        new SegmentLayout.Header(
            SegmentLayout.VERSION,
            fileLength,
            end - begin,
            pieces.get(begin).position(),
            last.position());
    file.seek(0);
    file.write(header.toBytes());
    file.commit();
    return new SegmentCheck(header, records, last.end());
  }

  /** What is known, for the log. */
  @Override
  public String toString() {
    String all =
        told != null && told.isPlausible()
            ? "of " + told.count() + " entries"
            : "its header is damaged, how many entries waited is not known, of them";
    return all + " " + readable() + " can be read";
  }
}
