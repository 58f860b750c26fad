package cloud.gardener.logging.queue;

import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * What a segment of an earlier run holds, found with reads that stay inside the file: Tape trusts every
 * length and position that it reads.
 *
 * <p>The elements are followed one by one from the header's first to its last. The chain is whole when
 * it ends there; otherwise what comes before the break is still good. Payloads are not read here (a full
 * queue would take minutes): their checksum is verified when they are sent.
 *
 * @param header as it stands in the file; null when it cannot be one of ours
 * @param elements that can be read
 * @param records in them, as their headers say
 * @param last where the last of them begins
 * @param end behind the last of them
 * @param damage what is wrong, in a few words; null when nothing is
 */
record SegmentCheck(
    SegmentLayout.Header header, int elements, int records, long last, long end, String damage) {

  /**
   * Checks a file.
   *
   * @throws IOException when the disk refuses to read, which says nothing about the file
   */
  static SegmentCheck of(RandomAccessFile file) throws IOException {
    long length = file.length();
    if (length < SegmentLayout.HEADER_BYTES) {
      return broken("it is shorter than a header");
    }
    byte[] bytes = new byte[SegmentLayout.HEADER_BYTES];
    file.seek(0);
    file.readFully(bytes);
    SegmentLayout.Header header = SegmentLayout.Header.parse(bytes);
    if (header.version() != SegmentLayout.VERSION
        || header.fileLength() <= SegmentLayout.HEADER_BYTES
        || header.count() < 0) {
      return broken("its header is not a segment's");
    }
    if (header.count() == 0) {
      boolean clean = header.first() == 0 && header.last() == 0;
      return clean
          ? new SegmentCheck(header, 0, 0, 0, SegmentLayout.HEADER_BYTES, null)
          : broken("its header contradicts itself");
    }
    if (header.first() < SegmentLayout.HEADER_BYTES || header.last() < header.first()) {
      return broken("its header contradicts itself");
    }
    return follow(file, length, header);
  }

  private static SegmentCheck follow(RandomAccessFile file, long length, SegmentLayout.Header header)
      throws IOException {
    byte[] entryHeader = new byte[EntryLayout.HEADER_BYTES];
    long limit = Math.min(length, header.fileLength());
    long position = header.first();
    long last = position;
    long records = 0;
    int elements = 0;
    String damage = null;
    while (elements < header.count()) {
      long body = position + SegmentLayout.ELEMENT_HEADER_BYTES;
      if (position > header.last() || body + EntryLayout.HEADER_BYTES > limit) {
        damage = "it ends early";
        break;
      }
      file.seek(position);
      int size = file.readInt();
      if (size < EntryLayout.HEADER_BYTES || body + size > limit) {
        damage = "an element's length is wrong";
        break;
      }
      file.readFully(entryHeader);
      // An entry that is not plausible is lost alone, when it is read: the chain goes on behind it.
      if (EntryLayout.isPlausible(entryHeader, size)) {
        records += EntryLayout.records(entryHeader);
      }
      elements++;
      last = position;
      position = body + size;
    }
    if (damage == null && last != header.last()) {
      return broken("its header contradicts its elements");
    }
    if (damage == null && length < header.fileLength()) {
      damage = "it was cut short";
    }
    return new SegmentCheck(
        header, elements, (int) Math.min(records, Integer.MAX_VALUE), last, position, damage);
  }

  private static SegmentCheck broken(String damage) {
    return new SegmentCheck(null, 0, 0, 0, 0, damage);
  }

  boolean isWhole() {
    return damage == null;
  }
}
