package cloud.gardener.logging.jni;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.gardener.logging.config.value.LogLevel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Forwards java.util.logging to the host's log. All outputs of the process share the log, so the most verbose {@code
 * LogLevel} of the running outputs applies: a reload may raise and lower it. Of libraries, only warnings and errors
 * are forwarded, at most one line a minute per logger.
 *
 * <p>Thread-safe.
 */
final class HostLog extends Handler {
  /** The host's log: its level number and the message in UTF-8. */
  interface Sink {
    void log(int level, byte[] message);
  }

  private static final String PREFIX = "[gardener] ";
  private static final Formatter FORMATTER = new SimpleFormatter();
  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger OURS = Logger.getLogger("cloud.gardener.logging");
  private static final LibraryLines LIBRARIES = new LibraryLines(System::nanoTime);

  /** The most lines for one output that cannot start: a container that restarts again and again repeats them. */
  private static final int MAX_REASONS = 20;

  /** Fluent Bit's level numbers (FLB_LOG_ERROR ...), by log level. */
  private static final int ERROR = 1;
  private static final int WARN = 2;
  private static final int INFO = 3;
  private static final int DEBUG = 4;
  private static final int TRACE = 5;

  // Guarded by the class.
  private static final List<LogLevel> ACTIVE_LEVELS = new ArrayList<>();
  private static HostLog installed;

  private volatile Sink sink;

  private HostLog() {}

  /** The registration of an output, until it is closed. */
  interface Listener extends AutoCloseable {
    @Override
    void close();
  }

  /** Forwards all log records to {@code sink} from now on. Close the result when the output has ended. */
  static synchronized Listener listen(LogLevel level, Sink sink) {
    if (installed == null) {
      LogManager.getLogManager().reset();
      ROOT.setLevel(Level.WARNING);
      installed = new HostLog();
      installed.sink = sink;
      ROOT.addHandler(installed);
    }
    installed.sink = sink;
    ACTIVE_LEVELS.add(level);
    updateLevel();
    return new Listener() {
      private boolean closed;

      @Override
      public void close() {
        synchronized (HostLog.class) {
          if (!closed) {
            closed = true;
            ACTIVE_LEVELS.remove(level);
            updateLevel();
          }
        }
      }
    };
  }

  /** Without outputs, the level stays unchanged: messages during a shutdown are still forwarded. */
  private static void updateLevel() {
    ACTIVE_LEVELS.stream().max(Comparator.naturalOrder()).ifPresent(most -> OURS.setLevel(javaLevel(most)));
  }

  /** Logs the reasons why an output cannot start, each as an error, whatever the log level is. */
  static void logErrors(List<String> lines, Sink sink) {
    lines.stream().limit(MAX_REASONS).forEach(line -> logError(line, sink));
    if (lines.size() > MAX_REASONS) {
      logError(
          "and " + (lines.size() - MAX_REASONS) + " more problems of this output: flb-gardener check names all of them",
          sink);
    }
  }

  private static void logError(String line, Sink sink) {
    sink.log(ERROR, (PREFIX + line).getBytes(UTF_8));
  }

  @Override
  public void publish(LogRecord event) {
    if (!isLoggable(event)) {
      return;
    }
    String logger = event.getLoggerName() == null ? "" : event.getLoggerName();
    int suppressed = logger.startsWith(OURS.getName()) ? 0 : LIBRARIES.admit(logger);
    if (suppressed != LibraryLines.SUPPRESSED) {
      String suffix = suppressed == 0 ? "" : " (and " + suppressed + " lines of " + logger + " before)";
      sink.log(hostLevel(event.getLevel()), (format(event) + suffix).getBytes(UTF_8));
    }
  }

  private static String format(LogRecord event) {
    String message = PREFIX + FORMATTER.formatMessage(event);
    if (event.getThrown() == null) {
      return message;
    }
    StringWriter trace = new StringWriter();
    event.getThrown().printStackTrace(new PrintWriter(trace));
    return message + "\n" + trace;
  }

  private static Level javaLevel(LogLevel level) {
    return switch (level) {
      case ERROR -> Level.SEVERE;
      case WARN -> Level.WARNING;
      case INFO -> Level.INFO;
      case DEBUG -> Level.FINE;
      case TRACE -> Level.FINEST;
    };
  }

  private static int hostLevel(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return ERROR;
    }
    if (value >= Level.WARNING.intValue()) {
      return WARN;
    }
    if (value >= Level.INFO.intValue()) {
      return INFO;
    }
    return value >= Level.FINE.intValue() ? DEBUG : TRACE;
  }

  @Override
  public void flush() {
    // The host writes each message at once.
  }

  @Override
  public void close() {
    // There is nothing to release.
  }
}
