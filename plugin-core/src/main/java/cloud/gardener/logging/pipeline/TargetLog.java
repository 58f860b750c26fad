package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.delivery.StepExecutor;
import cloud.gardener.logging.log.QuietLog;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Where the troubles of targets are told. The seed has one of its own, whose lines come at once; all
 * shoots share one, so that hundreds of dead backends make as many lines as one.
 *
 * @param outages that backends fail and recover
 * @param losses that records are given up
 * @param warnings that a backend has taken records and warns
 */
record TargetLog(OutageLog outages, QuietLog losses, QuietLog warnings) {
  private static final Logger LOG = Logger.getLogger(TargetLog.class.getName());

  static TargetLog ofSeed() {
    return of(new Prompt());
  }

  static TargetLog ofShoots(StepExecutor executor) {
    return of(new ShootOutages(executor));
  }

  private static TargetLog of(OutageLog outages) {
    return new TargetLog(
        outages, new QuietLog(LOG, Level.SEVERE), new QuietLog(LOG, Level.WARNING));
  }

  /** Each change is a line. */
  private static final class Prompt implements OutageLog {
    @Override
    public void failing(String target, Level level, Supplier<String> line) {
      LOG.log(level, line);
    }

    @Override
    public void recovered(String target, Supplier<String> line) {
      LOG.info(line);
    }

    @Override
    public void gone(String target) {
      // Nothing is remembered.
    }
  }
}
