package cloud.gardener.logging.pipeline;

import java.util.function.Supplier;
import java.util.logging.Level;

/** Says that backends fail and recover. Thread-safe. */
interface OutageLog {
  /**
   * A target's backend has begun to fail, or fails in a graver way.
   *
   * @param target its name
   */
  void failing(String target, Level level, Supplier<String> line);

  /** It answers again. */
  void recovered(String target, Supplier<String> line);

  /** The target is no more. */
  void gone(String target);
}
