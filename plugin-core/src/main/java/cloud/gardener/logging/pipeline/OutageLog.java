package cloud.gardener.logging.pipeline;

import java.util.function.Supplier;
import java.util.logging.Level;

/** Logs the failure and the recovery of backends. Thread-safe. */
interface OutageLog {
  /**
   * A target's backend started to fail, or the failure became worse.
   *
   * @param target the target's name
   */
  void logFailure(String target, Level level, Supplier<String> line);

  /** The backend responds again. */
  void logRecovery(String target, Supplier<String> line);

  /** The target was removed. */
  void remove(String target);
}
