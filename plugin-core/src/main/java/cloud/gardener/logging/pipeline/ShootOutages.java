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
  private final Set<String> down = new HashSet<>();
  private final Set<String> failed = new HashSet<>();
  private final Set<String> recovered = new HashSet<>();
  private Level worst = Level.INFO;
  private Supplier<String> last;
  private boolean quiet;

  ShootOutages(StepExecutor executor) {
    this.executor = executor;
  }

  @Override
  public void failing(String target, Level level, Supplier<String> line) {
    synchronized (this) {
      down.add(target);
      if (quiet) {
        failed.add(target);
        recovered.remove(target);
        worst = level.intValue() > worst.intValue() ? level : worst;
        last = line;
        return;
      }
      beQuiet();
    }
    LOG.log(level, line);
  }

  @Override
  public void recovered(String target, Supplier<String> line) {
    synchronized (this) {
      down.remove(target);
      if (quiet) {
        recovered.add(target);
        return;
      }
      beQuiet();
    }
    LOG.info(line);
  }

  @Override
  public synchronized void gone(String target) {
    down.remove(target);
  }

  private void beQuiet() {
    quiet = true;
    executor.schedule(this::summarise, PAUSE_NS);
  }

  private void summarise() {
    String line;
    Level level;
    synchronized (this) {
      quiet = false;
      if (failed.isEmpty() && recovered.isEmpty()) {
        return;
      }
      line = summary();
      level = worst;
      failed.clear();
      recovered.clear();
      worst = Level.INFO;
      last = null;
      beQuiet();
    }
    LOG.log(level, line);
  }

  private String summary() {
    StringBuilder text = new StringBuilder("shoots in the last minute: the backends of ");
    text.append(failed.size()).append(" began to fail, ").append(recovered.size())
        .append(" recovered; ").append(down.size()).append(" fail now");
    if (last != null) {
      text.append(". The last of them: ").append(last.get());
    }
    return text.toString();
  }
}
