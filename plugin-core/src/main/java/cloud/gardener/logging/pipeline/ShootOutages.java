package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.delivery.StepExecutor;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Logs the outages of all shoots' backends, one line a minute, because a failure often affects all of them. The
 * first event is logged at once, and those of the following minute in one line at its end.
 *
 * <p>Thread-safe. Logs without holding its lock.
 */
final class ShootOutages implements OutageLog {
  private static final Logger LOG = Logger.getLogger(ShootOutages.class.getName());
  private static final long PAUSE_NS = TimeUnit.MINUTES.toNanos(1);

  private final StepExecutor executor;

  // Guarded by this.
  private final Set<String> failing = new HashSet<>();
  private final Set<String> beganToFail = new HashSet<>();
  private final Set<String> recovered = new HashSet<>();
  private Level worst = Level.INFO;
  private Supplier<String> last;
  private boolean paused;

  ShootOutages(StepExecutor executor) {
    this.executor = executor;
  }

  @Override
  public void logFailure(String target, Level level, Supplier<String> line) {
    synchronized (this) {
      failing.add(target);
      if (paused) {
        beganToFail.add(target);
        recovered.remove(target);
        worst = level.intValue() > worst.intValue() ? level : worst;
        last = line;
        return;
      }
      startPause();
    }
    LOG.log(level, line);
  }

  @Override
  public void logRecovery(String target, Supplier<String> line) {
    synchronized (this) {
      failing.remove(target);
      if (paused) {
        recovered.add(target);
        return;
      }
      startPause();
    }
    LOG.info(line);
  }

  @Override
  public synchronized void remove(String target) {
    failing.remove(target);
  }

  private void startPause() {
    paused = true;
    executor.schedule(this::logSummary, PAUSE_NS);
  }

  private void logSummary() {
    String line;
    Level level;
    synchronized (this) {
      paused = false;
      if (beganToFail.isEmpty() && recovered.isEmpty()) {
        return;
      }
      line = summary();
      level = worst;
      beganToFail.clear();
      recovered.clear();
      worst = Level.INFO;
      last = null;
      startPause();
    }
    LOG.log(level, line);
  }

  private String summary() {
    StringBuilder text = new StringBuilder("shoots in the last minute: the backends of ");
    text.append(beganToFail.size()).append(" began to fail, ").append(recovered.size())
        .append(" recovered; ").append(failing.size()).append(" fail now");
    if (last != null) {
      text.append(". The last of them: ").append(last.get());
    }
    return text.toString();
  }
}
