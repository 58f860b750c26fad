package cloud.gardener.logging.intake;

import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.queue.AppendResult;
import cloud.gardener.logging.queue.QueueEntry;
import java.util.List;

/** A target that wants entries and is given none. */
final class NoAppendTarget implements Target {
  @Override
  public String name() {
    return "none";
  }

  @Override
  public boolean needsEntries() {
    return true;
  }

  @Override
  public AppendResult append(List<QueueEntry> entries, int records) {
    throw new AssertionError("nothing is appended here");
  }

  @Override
  public void countDropped(DropReason reason, int records) {
    throw new AssertionError("nothing is dropped here");
  }

  @Override
  public void countMuted(int records) {
    // Nothing is muted here.
  }

  @Override
  public void close() {}

  @Override
  public void remove() {}
}
