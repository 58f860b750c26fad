package cloud.gardener.logging.export.clients;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What is logged, by any logger and at any level, until it is closed. */
public final class LogCapture extends Handler implements AutoCloseable {
  private final Logger root = Logger.getLogger("");
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  public LogCapture() {
    setLevel(Level.ALL);
    root.addHandler(this);
  }

  /** The lines of one class's logger at this level. */
  public List<String> lines(Class<?> logger, Level level) {
    return records.stream()
        .filter(record -> record.getLoggerName().equals(logger.getName()))
        .filter(record -> record.getLevel().equals(level))
        .map(new SimpleFormatter()::formatMessage)
        .toList();
  }

  /** Everything, stacks included. */
  String text() {
    StringBuilder text = new StringBuilder();
    records.forEach(record -> text.append(new SimpleFormatter().format(record)));
    return text.toString();
  }

  @Override
  public void publish(LogRecord record) {
    records.add(record);
  }

  @Override
  public void flush() {
    // Nothing is held back.
  }

  @Override
  public void close() {
    root.removeHandler(this);
  }
}
