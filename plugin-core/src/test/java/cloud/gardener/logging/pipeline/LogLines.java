package cloud.gardener.logging.pipeline;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Catches what the room logs, while it is open: each line with its level. */
public final class LogLines extends Handler implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("cloud.gardener.logging");

  private final List<String> lines = new CopyOnWriteArrayList<>();

  public LogLines() {
    LOG.addHandler(this);
  }

  public List<String> containing(String text) {
    return lines.stream().filter(line -> line.contains(text)).toList();
  }

  @Override
  public void publish(LogRecord event) {
    lines.add(event.getLevel() + " " + new SimpleFormatter().formatMessage(event));
  }

  @Override
  public void flush() {
    // Nothing is held back.
  }

  @Override
  public void close() {
    LOG.removeHandler(this);
  }
}
