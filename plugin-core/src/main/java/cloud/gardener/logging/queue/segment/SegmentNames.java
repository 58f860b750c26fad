package cloud.gardener.logging.queue.segment;

import java.nio.file.Path;

/**
 * The names of a queue's files.
 *
 * <pre>
 *  0000000000000007.segment      entries wait in it
 *  0000000000000007.damaged      the same, but a part of it is damaged: kept when it is drained
 *  0000000000000007.quarantine   nothing reads it any more; somebody may look at it and delete it
 *  *.tmp                         a segment that is not made yet; holds nothing
 * </pre>
 */
public final class SegmentNames {
  private static final int DIGITS = 16;
  private static final String SEGMENT = ".segment";
  private static final String DAMAGED = ".damaged";
  private static final String QUARANTINE = ".quarantine";
  private static final String TEMPORARY = ".tmp";

  private SegmentNames() {}

  static String of(long number) {
    return String.format("%0" + DIGITS + "d%s", number, SEGMENT);
  }

  static Path temporary(Path segment) {
    return segment.resolveSibling(segment.getFileName() + TEMPORARY);
  }

  static Path damaged(Path segment) {
    return segment.resolveSibling(digits(segment) + DAMAGED);
  }

  /** A quarantined file's name; the number of a segment may come again, {@code copy} tells them apart. */
  static Path quarantined(Path segment, int copy) {
    return segment.resolveSibling(digits(segment) + (copy == 0 ? "" : "-" + copy) + QUARANTINE);
  }

  private static String digits(Path segment) {
    return segment.getFileName().toString().substring(0, DIGITS);
  }

  /** The number in the name of a file that entries wait in; -1 when it is no such name. */
  public static long numberOf(Path file) {
    boolean waits = file.toString().endsWith(SEGMENT) || file.toString().endsWith(DAMAGED);
    return waits ? leadingNumberOf(file) : -1;
  }

  /** The number that any file of a queue begins with; -1 when it begins with none. */
  static long leadingNumberOf(Path file) {
    String name = file.getFileName().toString();
    return name.matches("\\d{" + DIGITS + "}[.-].*") ? Long.parseLong(digits(file)) : -1;
  }

  static boolean isDamaged(Path file) {
    return file.toString().endsWith(DAMAGED);
  }

  static boolean isTemporary(Path file) {
    return file.toString().endsWith(TEMPORARY);
  }

  public static boolean isQuarantined(Path file) {
    return file.toString().endsWith(QUARANTINE);
  }
}
