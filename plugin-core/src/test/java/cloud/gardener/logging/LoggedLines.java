package cloud.gardener.logging;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What one class logs from info up, as "LEVEL text", until it is closed. Nothing of it is printed. */
public final class LoggedLines extends Handler implements AutoCloseable {
  private final Logger logger;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  public LoggedLines(Class<?> source) {
    this(source.getName());
  }

  /** For a class that the test cannot name. */
  public LoggedLines(String source) {
    logger = Logger.getLogger(source);
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  public List<String> all() {
    return lines;
  }

  public List<String> containing(String text) {
    return lines.stream().filter(line -> line.contains(text)).toList();
  }

  @Override
  public void publish(LogRecord event) {
    if (event.getLevel().intValue() >= Level.INFO.intValue()) {
      lines.add(event.getLevel() + " " + event.getMessage());
    }
  }

  @Override
  public void flush() {
    // Nothing is held back.
  }

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
