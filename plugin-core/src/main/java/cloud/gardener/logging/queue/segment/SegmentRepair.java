package cloud.gardener.logging.queue.segment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Decides which entries of a damaged segment must still be sent, and repairs the file in place, because a full disk
 * may have no room for a copy.
 *
 * <p>Entries are found by their own headers. The file's header tells which of them wait: any two of its first
 * position, last position and count are enough. When they contradict each other, all entries wait: some may be sent
 * again, none is lost.
 *
 * <p>The class does not guess how many records an entry without a header had.
 */
final class SegmentRepair {
  private final SegmentLayout.Header header;
  private final List<EntryScan.Piece> pieces;
  private final long fileLength;
  private int from;
  private int to;

  private SegmentRepair(SegmentLayout.Header header, List<EntryScan.Piece> pieces, long fileLength) {
    this.header = header;
    this.pieces = pieces;
    this.fileLength = fileLength;
  }

  /** Scans a file. */
  static SegmentRepair of(OpenSegment file) throws IOException {
    List<EntryScan.Piece> pieces = new ArrayList<>();
    EntryScan scan = new EntryScan(file);
    for (EntryScan.Piece piece = scan.next(); piece != null; piece = scan.next()) {
      pieces.add(piece);
    }
    SegmentRepair repair = new SegmentRepair(SegmentCheck.headerOf(file), pieces, file.length());
    repair.selectEntries();
    return repair;
  }

  private void selectEntries() {
    int first = header == null ? -1 : indexOf(header.first());
    int last = header == null ? -1 : indexOf(header.last());
    from = 0;
    to = pieces.size();
    if (first >= 0 && last >= first) {
      from = first;
      to = last + 1;
    } else if (last >= 0) {
      from = areEntries(last + 1 - header.count(), last + 1) ? last + 1 - header.count() : 0;
      to = last + 1;
    } else if (first >= 0) {
      from = first;
      to = areEntries(first, (long) first + header.count()) ? first + header.count() : pieces.size();
    } else if (header != null && header.isPlausible() && header.first() >= end()) {
      from = to; // The file was truncated before any waiting entry.
    }
  }

  /** The end of the last piece. */
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

  /** Number of readable entries. */
  int readableEntries() {
    return (int) selected().filter(EntryScan.Piece::isReadable).count();
  }

  /** Number of records in unreadable entries whose header is intact. */
  long lostRecords() {
    return selected()
        .filter(piece -> piece.isEntry() && piece.isTruncated())
        .mapToLong(EntryScan.Piece::records)
        .sum();
  }

  private Stream<EntryScan.Piece> selected() {
    return pieces.subList(from, to).stream();
  }

  /** Rewrites the file's header and its elements' lengths. Requires a readable entry. */
  SegmentCheck repair(OpenSegment file) throws IOException {
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
      // An unreadable range between two entries becomes an element of its own, which is skipped later.
      int element = (int) piece.bytes() - SegmentLayout.ELEMENT_HEADER_BYTES;
      if (piece.element() != element) {
        file.seek(piece.position());
        file.write(SegmentLayout.elementHeader(element));
      }
      records += piece.isReadable() ? piece.records() : 0;
    }
    EntryScan.Piece last = pieces.get(end - 1);
    SegmentLayout.Header repaired =
        new SegmentLayout.Header(
            SegmentLayout.VERSION,
            fileLength,
            end - begin,
            pieces.get(begin).position(),
            last.position());
    file.seek(0);
    file.write(repaired.toBytes());
    file.commit();
    return new SegmentCheck(repaired, records, last.end());
  }

  /** The findings, for the log. */
  @Override
  public String toString() {
    String all =
        header != null && header.isPlausible()
            ? "of " + header.count() + " entries"
            : "its header is damaged, how many entries waited is not known, of them";
    return all + " " + readableEntries() + " can be read";
  }
}
