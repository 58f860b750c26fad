package cloud.gardener.logging.queue.segment;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** The segments of a queue, oldest first. Not thread-safe: guarded by the queue's lock. */
public final class SegmentList {
  private final TreeMap<Long, Segment> segments = new TreeMap<>();

  public void add(Segment segment) {
    segments.put(segment.number(), segment);
  }

  boolean contains(long number) {
    return segments.containsKey(number);
  }

  public void remove(Segment segment) {
    segments.remove(segment.number());
  }

  public boolean isEmpty() {
    return segments.isEmpty();
  }

  /** The oldest, or null. */
  Segment first() {
    return segments.isEmpty() ? null : segments.firstEntry().getValue();
  }

  /** The newest, or null. */
  public Segment last() {
    return segments.isEmpty() ? null : segments.lastEntry().getValue();
  }

  /**
   * The next newer segment, or null; the oldest when {@code segment} is null. {@code segment} may be removed
   * already.
   */
  public Segment after(Segment segment) {
    if (segment == null) {
      return first();
    }
    var next = segments.higherEntry(segment.number());
    return next == null ? null : next.getValue();
  }

  /** A copy, oldest first. */
  public List<Segment> all() {
    Collection<Segment> values = segments.values();
    return List.copyOf(values);
  }

  /** Closes a file at neither end of the queue, unless it could not be opened again. */
  public void closeIfInMiddle(Segment segment) {
    if (segment != first() && segment != last() && !segment.hasVanished()) {
      segment.close();
    }
  }
}
