package cloud.gardener.logging.kubernetes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Catches what the room logs, while it is open. */
final class ApiLogLines extends Handler implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("cloud.gardener.logging.kubernetes");

  private final List<String> lines = new CopyOnWriteArrayList<>();

  ApiLogLines() {
    LOG.setUseParentHandlers(false);
    LOG.addHandler(this);
  }

  List<String> lines() {
    return lines;
  }

  List<String> containing(String text) {
    return lines.stream().filter(line -> line.contains(text)).toList();
  }

  @Override
  public void publish(LogRecord event) {
    lines.add(event.getLevel() + " " + event.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    LOG.removeHandler(this);
    LOG.setUseParentHandlers(true);
  }
}
