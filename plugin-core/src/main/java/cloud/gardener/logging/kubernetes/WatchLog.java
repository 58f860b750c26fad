package cloud.gardener.logging.kubernetes;

import cloud.gardener.logging.route.Coverage;
import java.time.Duration;
import java.util.logging.Logger;

/**
 * Logs the state of the watch for one kind of object: one line if it cannot be watched, another if the kind of reason
 * changes, and one when it can be watched again. Only used on the event loop.
 */
final class WatchLog {
  private static final Logger LOG = Logger.getLogger(WatchLog.class.getName());

  private final String name;
  private final String consequence;
  private WatchProblem problem;
  private boolean open;
  private boolean connected;
  private boolean synced;
  private long heardNs;

  /**
   * Starts with nothing known.
   *
   * @param name name of the objects
   * @param consequence the effect while they cannot be watched
   */
  WatchLog(String name, String consequence) {
    this.name = name;
    this.consequence = consequence;
  }

  /** Logs a warning if the objects have not been listed after the timeout. */
  void warnAfter(EventLoop eventLoop, Duration timeout) {
    eventLoop.schedule(
        () -> {
          if (!synced) {
            LOG.warning(
                () -> name + ": not synchronised within " + timeout + "; " + consequence);
          }
        },
        timeout);
  }

  void failed(WatchProblem now) {
    if (problem == null || problem.kind() != now.kind()) {
      LOG.warning(() -> name + " cannot be watched: " + now.text() + "; " + consequence);
    }
    problem = now;
    connected = false;
  }

  void stale() {
    connected = false;
  }

  void listed(int objects) {
    if (!synced) {
      LOG.info(() -> name + ": found " + objects + ", watches them");
    }
    synced = true;
  }

  void connected() {
    if (problem != null) {
      LOG.info(() -> name + " can be watched again");
    }
    problem = null;
    connected = true;
  }

  void watchOpen(boolean isOpen) {
    open = isOpen;
  }

  /** Whether a watch is open, which would report a new object. */
  boolean isOpen() {
    return open;
  }

  void heard(long nowNs) {
    heardNs = nowNs;
  }

  /** The time of the last event or bookmark, on the event loop's clock; has no meaning before there was one. */
  long heardNs() {
    return heardNs;
  }

  /** Whether the objects have been listed once. */
  boolean isSynced() {
    return synced;
  }

  /** How complete the knowledge of the objects is. */
  Coverage coverage() {
    if (!synced) {
      return Coverage.NOTHING;
    }
    return connected ? Coverage.CURRENT : Coverage.LISTED;
  }
}
