package cloud.gardener.logging.route;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;

/**
 * Says once an output that a tag holds no Kubernetes metadata though it was asked for it: either the
 * expression does not fit, or the records of this input have none.
 *
 * <p>Thread-safe: the routers of an output share it.
 */
final class TagWarning {
  private static final Logger LOG = Logger.getLogger(TagWarning.class.getName());
  private static final int SHOWN_LENGTH = 300;

  private final String output;
  private final String expression;
  private final AtomicBoolean said = new AtomicBoolean();

  /**
   * None was said yet.
   *
   * @param output the output's name for log lines
   * @param expression TagPrefix and TagExpression in one
   */
  TagWarning(String output, String expression) {
    this.output = output;
    this.expression = expression;
  }

  void say(String tag) {
    if (said.get() || said.getAndSet(true)) {
      return;
    }
    LOG.warning(
        () ->
            output + ": the tag \"" + shown(tag) + "\" does not match TagPrefix and TagExpression, \""
                + shown(expression) + "\": its records have no Kubernetes metadata. Correct the two"
                + " keys, or set FallbackToTagWhenMetadataIsMissing false. Other tags may not match,"
                + " either; this is said once");
  }

  /** A tag comes from outside: it shall not make lines of its own. */
  private static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() > SHOWN_LENGTH ? line.substring(0, SHOWN_LENGTH) + "..." : line;
  }
}
