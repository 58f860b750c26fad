package cloud.gardener.logging.queue;

import com.squareup.tape2.QueueFile;
import com.squareup.tape2.QueueFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * One file of the queue. Tape adds and removes its elements; positions and counts are kept here too,
 * so that what a failed append left behind is never seen.
 *
 * <p>Not thread-safe: owned by its queue. A closed segment opens its file again when it needs it.
 */
final class Segment implements Closeable {
  private static final String SUFFIX = ".segment";

  private final FileAccess files;
  private final Path path;
  private final long number;
  private final long capacity;

  private int elements;
  private int added;
  private int records;
  private long first;
  private long last;
  private long end;
  private boolean sealed;
  private boolean abandoned;
  private int unwrittenRemovals;

  private RandomAccessFile file;
  private QueueFile tape;

  private Segment(FileAccess files, Path folder, long number, long capacity) {
    this.files = files;
    this.path = folder.resolve(name(number));
    this.number = number;
    this.capacity = capacity;
    this.first = SegmentLayout.HEADER_BYTES;
    this.end = SegmentLayout.HEADER_BYTES;
  }

  static String name(long number) {
    return String.format("%016d%s", number, SUFFIX);
  }

  /** The number in a segment's file name; -1 when it is not one. */
  static long numberOf(Path path) {
    String name = path.getFileName().toString();
    return name.matches("\\d{16}\\.segment") ? Long.parseLong(name.substring(0, 16)) : -1;
  }

  /**
   * Makes an empty segment, in full length from the start: Tape would wait for the device to make it
   * longer. The file is sparse, so what is not written takes no space.
   */
  static Segment create(FileAccess files, Path folder, long number, long capacity)
      throws IOException {
    Segment segment = new Segment(files, folder, number, capacity);
    Files.createDirectories(folder);
    Path fresh = folder.resolve(name(number) + ".tmp");
    try (RandomAccessFile file = files.open(fresh)) {
      file.setLength(capacity);
      file.write(SegmentLayout.Header.empty(capacity).toBytes());
    }
    files.replace(fresh, segment.path);
    return segment;
  }

  /** A segment of an earlier run, as {@link SegmentCheck} found it. */
  static Segment recovered(FileAccess files, Path folder, long number, SegmentCheck check) {
    Segment segment = new Segment(files, folder, number, check.header().fileLength());
    segment.elements = check.elements();
    segment.added = check.elements();
    segment.records = check.records();
    segment.first = check.elements() == 0 ? SegmentLayout.HEADER_BYTES : check.header().first();
    segment.last = check.last();
    segment.end = check.end();
    segment.sealed = true; // Nothing is added behind what an earlier run may have left half written.
    return segment;
  }

  boolean fits(int length) {
    return !sealed && end + SegmentLayout.ELEMENT_HEADER_BYTES + length <= capacity;
  }

  /** What an append may have to undo. */
  record Mark(int elements, int added, int records, long first, long last, long end) {}

  Mark mark() {
    return new Mark(elements, added, records, first, last, end);
  }

  /**
   * Adds an entry that {@link #fits}.
   *
   * @throws IOException when the disk refuses; the segment must then be {@link #rollBack rolled back}
   */
  void add(QueueEntry entry) throws IOException {
    boolean wasEmpty = elements == 0;
    tape().add(entry.bytes(), 0, entry.length());
    last = end;
    if (wasEmpty) {
      first = end;
    }
    end += SegmentLayout.ELEMENT_HEADER_BYTES + entry.length();
    elements++;
    added++;
    records += entry.records();
  }

  void force() throws IOException {
    tape();
    files.force(file);
  }

  /**
   * Forgets what was added since {@code mark} and seals the segment. Writing the old header again keeps
   * it forgotten after a restart; where even that fails, a restart may bring those entries back, which
   * repeats records but loses none.
   */
  void rollBack(Mark mark) {
    elements = mark.elements;
    added = mark.added;
    records = mark.records;
    first = mark.first;
    last = mark.last;
    end = mark.end;
    sealed = true;
    close();
    try (RandomAccessFile raw = files.open(path)) {
      raw.write(header().toBytes());
    } catch (IOException e) {
      // Said above: the counts kept here are what this run goes by.
    }
  }

  private SegmentLayout.Header header() {
    return elements == 0
        ? SegmentLayout.Header.empty(capacity)
        : new SegmentLayout.Header(SegmentLayout.VERSION, capacity, elements, first, last);
  }

  /**
   * The length of the element at {@code position}.
   *
   * @throws IOException when the disk refuses, or no element of that length can lie there
   */
  int elementLength(long position) throws IOException {
    tape();
    file.seek(position);
    int length = file.readInt();
    if (length < EntryLayout.HEADER_BYTES
        || position + SegmentLayout.ELEMENT_HEADER_BYTES + length > end) {
      throw new DamagedException("an element of " + length + " bytes at " + position);
    }
    return length;
  }

  byte[] read(long position, int length) throws IOException {
    tape();
    byte[] bytes = new byte[length];
    file.seek(position + SegmentLayout.ELEMENT_HEADER_BYTES);
    file.readFully(bytes);
    return bytes;
  }

  /**
   * Removes the oldest elements, but not all: a segment that is drained is deleted instead.
   *
   * @param bytes that they take, their headers included
   * @throws IOException when the disk refuses; they are gone for this run all the same, and come again
   *     after a restart unless a later removal succeeds
   */
  void remove(int count, long bytes, int theirRecords) throws IOException {
    elements -= count;
    records -= theirRecords;
    first += bytes;
    if (abandoned) {
      return;
    }
    unwrittenRemovals += count;
    try {
      tape().remove(unwrittenRemovals);
      unwrittenRemovals = 0;
    } catch (IOException | RuntimeException e) {
      close(); // Tape's idea of the file can no longer be trusted.
      throw e;
    }
  }

  /**
   * Sets the file aside: the newest {@code count} elements cannot be read. Those before them are out,
   * and nothing is removed from the file any more.
   */
  void abandon(int count, int theirRecords) {
    elements -= count;
    records -= theirRecords;
    sealed = true;
    abandoned = true;
    close();
    try {
      Recovery.setAside(path);
    } catch (IOException e) {
      // It stays where it is, and the next start looks at it again.
    }
  }

  /** Deletes the file; false when it was set aside and keeps its space. */
  boolean delete() throws IOException {
    close();
    if (!abandoned) {
      files.delete(path);
    }
    return !abandoned;
  }

  private QueueFile tape() throws IOException {
    if (tape == null) {
      if (!Files.exists(path)) {
        throw new NoSuchFileException(path.toString());
      }
      RandomAccessFile opened = files.open(path);
      try {
        tape = QueueFiles.over(path.toFile(), opened);
        file = opened;
      } finally {
        if (tape == null) {
          opened.close();
        }
      }
    }
    return tape;
  }

  void seal() {
    sealed = true;
  }

  boolean isSealed() {
    return sealed;
  }

  /** Elements not removed yet. */
  int elements() {
    return elements;
  }

  /** Elements ever added. */
  int added() {
    return added;
  }

  /** Records in the elements not removed yet. */
  int records() {
    return records;
  }

  /** Where the first element not removed yet lies. */
  long first() {
    return first;
  }

  /** Where the next element will lie. */
  long end() {
    return end;
  }

  long number() {
    return number;
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    RandomAccessFile open = file;
    file = null;
    tape = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // Nothing is buffered here: what was written is with the operating system.
      }
    }
  }

  /** What was read cannot be what was written. */
  static final class DamagedException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedException(String what) {
      super(what);
    }
  }
}
