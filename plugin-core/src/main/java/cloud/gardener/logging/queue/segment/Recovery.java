package cloud.gardener.logging.queue.segment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Logger;

/**
 * Takes over what an earlier run left in a queue's folder. Each case of a crash or a damaged disk:
 *
 * <ul>
 *   <li>{@code *.tmp}: a segment that was never put in its place. It holds nothing: deleted.
 *   <li>A sound segment ({@link SegmentCheck}): taken over, or deleted when it has no entries. A bit
 *       flipped in a payload shows when the entry is read, and costs that entry. A bit flipped in an
 *       entry's header is flipped back.
 *   <li>Anything else that does not fit: a file's header, an element's length, a file cut short, a stretch
 *       that was overwritten. What can still be read is taken over ({@link Salvage}); the file is kept when
 *       it is drained.
 *   <li>Nothing can be read (an empty file, zeros, garbage): the file is set aside.
 *   <li>The disk refuses to read or rename the file: it is left for the next start. The others go on.
 * </ul>
 *
 * Nothing but empty and temporary files is ever deleted. A damaged store always starts.
 */
public final class Recovery {
  private static final Logger LOG = Logger.getLogger(Recovery.class.getName());

  private final SegmentFolder folder;
  private long nextNumber;
  private long lostRecords;
  private int quarantined;

  public Recovery(SegmentFolder folder) {
    this.folder = folder;
  }

  /**
   * Fills {@code segments} with those to go on with.
   *
   * @throws IOException when the folder itself cannot be read
   */
  public void run(SegmentList segments) throws IOException {
    for (Path path : folder.list()) {
      long number = SegmentNames.numberOf(path);
      nextNumber = Math.max(nextNumber, SegmentNames.leadingNumberOf(path) + 1);
      if (SegmentNames.isTemporary(path)) {
        folder.deleteIfPossible(path);
      } else if (number >= 0) {
        try {
          recover(path, number, segments);
        } catch (IOException e) {
          LOG.severe(() -> path + " cannot be recovered, it is left for the next start: " + e);
          quarantined++;
        }
      }
    }
  }

  private void recover(Path path, long number, SegmentList segments) throws IOException {
    if (segments.has(number)) {
      folder.setAside(path); // Somebody has put it here: the queue never has two of one number.
      return;
    }
    Path place = path;
    SegmentCheck check;
    try (OpenSegment file = folder.files().open(path)) {
      check = SegmentCheck.of(file);
      if (check == null) {
        Salvage salvage = Salvage.of(file);
        boolean readable = salvage.readable() > 0;
        place = readable ? folder.markDamaged(path) : folder.setAside(path);
        report(path, place, salvage);
        if (!readable) {
          return;
        }
        check = salvage.mend(file);
        folder.force(file);
      }
    }
    if (check.header().count() > 0) {
      segments.add(Segment.recovered(folder, number, place, check));
    } else if (SegmentNames.isDamaged(place)) {
      folder.setAside(place);
    } else {
      folder.delete(place, 0);
    }
  }

  private void report(Path path, Path place, Salvage salvage) {
    if (path.equals(place)) {
      return; // It was reported when it was found.
    }
    LOG.warning(
        () ->
            path
                + " is damaged: "
                + salvage
                + ", lost "
                + salvage.lostRecords()
                + " records that could be counted; the file is kept as "
                + place.getFileName());
    lostRecords += salvage.lostRecords();
    quarantined++;
  }

  /** Records that were lost on the way. */
  public long lostRecords() {
    return lostRecords;
  }

  /** Segments that were set aside, or are kept until they are drained and then set aside. */
  public int quarantined() {
    return quarantined;
  }

  /** A number that no file has, nor any that was quarantined. */
  public long nextNumber() {
    return nextNumber;
  }
}
