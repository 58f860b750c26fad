package cloud.gardener.logging.route;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;

/**
 * Warns once per output that a tag has no Kubernetes metadata although the fallback to the tag is enabled: either the
 * expression does not match, or the records of this input have none.
 *
 * <p>Thread-safe: the routers of an output share it.
 */
final class TagWarning {
  private static final Logger LOG = Logger.getLogger(TagWarning.class.getName());
  private static final int SHOWN_LENGTH = 300;

  private final String output;
  private final String expression;
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * Creates a warning that has not been logged yet.
   *
   * @param output the output's name for log lines
   * @param expression TagPrefix and TagExpression in one
   */
  TagWarning(String output, String expression) {
    this.output = output;
    this.expression = expression;
  }

  void warn(String tag) {
    if (warned.get() || warned.getAndSet(true)) {
      return;
    }
    LOG.warning(
        () ->
            output + ": the tag \"" + printable(tag) + "\" does not match TagPrefix and TagExpression, \""
                + printable(expression) + "\": its records have no Kubernetes metadata. Correct the two"
                + " keys, or set FallbackToTagWhenMetadataIsMissing false. Other tags may not match,"
                + " either; this is said once");
  }

  /** A tag is untrusted: control characters must not create log lines. */
  private static String printable(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() > SHOWN_LENGTH ? line.substring(0, SHOWN_LENGTH) + "..." : line;
  }
}
