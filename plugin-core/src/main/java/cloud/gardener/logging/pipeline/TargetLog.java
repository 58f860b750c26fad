package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.delivery.StepExecutor;
import cloud.gardener.logging.log.ThrottledLog;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The logs for problems of targets. The seed's target has its own, which logs at once. All shoots share one, so that
 * hundreds of failing backends cause as many lines as one.
 *
 * @param outages failure and recovery of backends
 * @param losses lost records
 * @param warnings warnings of backends that accepted records
 * @param defects failures of the plugin itself, with a stack trace
 */
record TargetLog(
    OutageLog outages, ThrottledLog losses, ThrottledLog warnings, ThrottledLog defects) {
  private static final Logger LOG = Logger.getLogger(TargetLog.class.getName());

  static TargetLog ofSeed() {
    return of(new Prompt());
  }

  static TargetLog ofShoots(StepExecutor executor) {
    return of(new ShootOutages(executor));
  }

  private static TargetLog of(OutageLog outages) {
    return new TargetLog(
        outages,
        new ThrottledLog(LOG, Level.SEVERE),
        new ThrottledLog(LOG, Level.WARNING),
        new ThrottledLog(LOG, Level.SEVERE));
  }

  /** Logs each change at once. */
  private static final class Prompt implements OutageLog {
    @Override
    public void logFailure(String target, Level level, Supplier<String> line) {
      LOG.log(level, line);
    }

    @Override
    public void logRecovery(String target, Supplier<String> line) {
      LOG.info(line);
    }

    @Override
    public void remove(String target) {
      // There is no state to remove.
    }
  }
}
