package cloud.gardener.logging.queue.segment;

import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * The content of a sound segment of an earlier run. The check follows the elements one by one from the header's
 * first to its last, with reads that stay within the file, because Tape trusts every length and position that it
 * reads. It does not read payloads, which would take minutes for a full queue: their checksum is verified when they
 * are sent.
 *
 * @param header as stored in the file
 * @param records number of records in the elements
 * @param end of the last element
 */
public record SegmentCheck(SegmentLayout.Header header, long records, long end) {
  private static final int ELEMENT = SegmentLayout.ELEMENT_HEADER_BYTES;

  /**
   * Checks a file; null when anything is inconsistent.
   *
   * @throws IOException when the disk refuses to read, which says nothing about the file
   */
  static SegmentCheck of(RandomAccessFile file) throws IOException {
    FileWindow window = new FileWindow(file);
    SegmentLayout.Header header = headerOf(file);
    if (header == null || !header.isPlausible()) {
      return null;
    }
    if (header.count() > 0 && header.fileLength() > window.length()) {
      return null; // An empty file may have been about to free its space.
    }
    long position = header.first();
    long last = 0;
    long records = 0;
    for (int i = 0; i < header.count(); i++) {
      int at = window.load(position, ELEMENT + EntryLayout.HEADER_BYTES);
      if (at < 0) {
        return null;
      }
      int length = window.intAt(at);
      if (!EntryLayout.repairHeader(window.bytes(), at + ELEMENT)
          || length != EntryLayout.HEADER_BYTES
              + EntryLayout.payloadBytes(window.bytes(), at + ELEMENT)) {
        return null;
      }
      records += EntryLayout.records(window.bytes(), at + ELEMENT);
      last = position;
      position += ELEMENT + length;
    }
    boolean isConsistent = last == header.last() && position <= header.fileLength();
    return isConsistent
        ? new SegmentCheck(header, records, Math.max(position, SegmentLayout.HEADER_BYTES))
        : null;
  }

  /** The header as stored in the file; null when the file is shorter. */
  public static SegmentLayout.Header headerOf(RandomAccessFile file) throws IOException {
    if (file.length() < SegmentLayout.HEADER_BYTES) {
      return null;
    }
    byte[] bytes = new byte[SegmentLayout.HEADER_BYTES];
    file.seek(0);
    file.readFully(bytes);
    return SegmentLayout.Header.parse(bytes);
  }
}
