package cloud.gardener.logging.queue.segment;

import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * What a sound segment of an earlier run holds. The elements are followed one by one from the header's
 * first to its last, with reads that stay inside the file: Tape trusts every length and position that it
 * reads. Payloads are not read here (a full queue would take minutes): their checksum is verified when
 * they are sent.
 *
 * @param header as it stands in the file
 * @param records in its elements
 * @param end behind the last of them
 */
public record SegmentCheck(SegmentLayout.Header header, long records, long end) {
  private static final int ELEMENT = SegmentLayout.ELEMENT_HEADER_BYTES;

  /**
   * Checks a file; null when anything is not as it should be.
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
      return null; // An empty one may have been about to give its space back.
    }
    long position = header.first();
    long last = 0;
    long records = 0;
    for (int i = 0; i < header.count(); i++) {
      int at = window.at(position, ELEMENT + EntryLayout.HEADER_BYTES);
      if (at < 0) {
        return null;
      }
      int length = window.intAt(at);
      if (!EntryLayout.isHeaderOnceMended(window.bytes(), at + ELEMENT)
          || length != EntryLayout.HEADER_BYTES
              + EntryLayout.payloadBytes(window.bytes(), at + ELEMENT)) {
        return null;
      }
      records += EntryLayout.records(window.bytes(), at + ELEMENT);
      last = position;
      position += ELEMENT + length;
    }
    boolean whole = last == header.last() && position <= header.fileLength();
    return whole
        ? new SegmentCheck(header, records, Math.max(position, SegmentLayout.HEADER_BYTES))
        : null;
  }

  /** The header as it stands in the file, or null when the file is shorter. */
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
