package cloud.gardener.logging.queue.segment;

import java.nio.file.Path;

/**
 * The names of a queue's files.
 *
 * <pre>
 *  0000000000000007.segment      contains waiting entries
 *  0000000000000007.damaged      the same, but a part of it is damaged: kept once it is drained
 *  0000000000000007.quarantine   never read again; a person may examine and delete it
 *  *.tmp                         a segment whose creation did not complete; empty
 * </pre>
 */
public final class SegmentNames {
  private static final int DIGITS = 16;
  private static final String SEGMENT = ".segment";
  private static final String DAMAGED = ".damaged";
  private static final String QUARANTINE = ".quarantine";
  private static final String TEMPORARY = ".tmp";

  private SegmentNames() {}

  /** Not by a format: the first one would load 60 classes of the JDK's locales. */
  static String of(long number) {
    String digits = Long.toString(number);
    return "0".repeat(DIGITS - digits.length()) + digits + SEGMENT;
  }

  static Path temporary(Path segment) {
    return segment.resolveSibling(segment.getFileName() + TEMPORARY);
  }

  static Path damaged(Path segment) {
    return segment.resolveSibling(digits(segment) + DAMAGED);
  }

  /** The name of a quarantined file. A segment's number may be reused; {@code copy} makes the name unique. */
  static Path quarantined(Path segment, int copy) {
    return segment.resolveSibling(digits(segment) + (copy == 0 ? "" : "-" + copy) + QUARANTINE);
  }

  private static String digits(Path segment) {
    return segment.getFileName().toString().substring(0, DIGITS);
  }

  /** The number in the name of a file with waiting entries; -1 for any other name. */
  public static long numberOf(Path file) {
    boolean hasEntries = file.toString().endsWith(SEGMENT) || file.toString().endsWith(DAMAGED);
    return hasEntries ? leadingNumberOf(file) : -1;
  }

  /** The number that the name of any of the queue's files begins with; -1 when there is none. */
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
