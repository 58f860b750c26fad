package cloud.gardener.logging.queue.segment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Logger;

/**
 * Takes over the files that an earlier run left in a queue's folder. The cases of a crash or a damaged disk:
 *
 * <ul>
 *   <li>{@code *.tmp}: a segment whose creation did not complete. It is empty, so it is deleted.
 *   <li>A sound segment ({@link SegmentCheck}): taken over, or deleted when it has no entries. A flipped bit in a
 *       payload is found when the entry is read, and costs that entry. A flipped bit in an entry's header is
 *       corrected.
 *   <li>Any other inconsistency: a file's header, an element's length, a truncated file, an overwritten range. What
 *       can still be read is taken over ({@link SegmentRepair}); the file is kept after it is drained.
 *   <li>Nothing can be read (an empty file, zeros, garbage): the file is quarantined.
 *   <li>The disk refuses to read or rename the file: it is left for the next start. The others are processed.
 * </ul>
 *
 * <p>Only empty and temporary files are ever deleted. A damaged queue always starts.
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
   * Fills {@code segments} with those to continue with.
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
    if (segments.contains(number)) {
      folder.quarantine(path); // Somebody put it here: the queue never has two files with one number.
      return;
    }
    Path place = path;
    SegmentCheck check;
    try (OpenSegment file = folder.files().open(path)) {
      check = SegmentCheck.of(file);
      if (check == null) {
        SegmentRepair repair = SegmentRepair.of(file);
        boolean readable = repair.readableEntries() > 0;
        place = readable ? folder.markDamaged(path) : folder.quarantine(path);
        report(path, place, repair);
        if (!readable) {
          return;
        }
        check = repair.repair(file);
        folder.force(file);
      }
    }
    if (check.header().count() > 0) {
      segments.add(Segment.recovered(folder, number, place, check));
    } else if (SegmentNames.isDamaged(place)) {
      folder.quarantine(place);
    } else {
      folder.delete(place, 0);
    }
  }

  private void report(Path path, Path place, SegmentRepair repair) {
    if (path.equals(place)) {
      return; // It was reported when it was found.
    }
    LOG.warning(
        () ->
            path
                + " is damaged: "
                + repair
                + ", lost "
                + repair.lostRecords()
                + " records that could be counted; the file is kept as "
                + place.getFileName());
    lostRecords += repair.lostRecords();
    quarantined++;
  }

  /** Number of records that were lost in the recovery. */
  public long lostRecords() {
    return lostRecords;
  }

  /** Number of segments that were quarantined, or will be once they are drained. */
  public int quarantined() {
    return quarantined;
  }

  /** A number that no file has, quarantined files included. */
  public long nextNumber() {
    return nextNumber;
  }
}
