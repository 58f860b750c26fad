package cloud.gardener.logging.route;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Says at level debug why records go where they go: one line for a tag and namespace, and another
 * when the route changes. Remembers the {@link #REMEMBERED} that were asked for last; what was forgotten
 * is said again.
 *
 * <p>Thread-safe.
 */
final class Explanations {
  static final int REMEMBERED = 2048;

  private static final Logger LOG = Logger.getLogger(Explanations.class.getName());

  private final Map<String, Route> said =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Route> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Whether anybody listens. */
  boolean isWanted() {
    return LOG.isLoggable(Level.FINE);
  }

  /** Says where records of this tag and namespace go, unless that was said. */
  void say(String tag, String namespace, Route route) {
    String key = tag + '\n' + namespace;
    synchronized (said) {
      if (route.equals(said.put(key, route))) {
        return;
      }
    }
    String who = namespace.isEmpty() ? "" : "namespace " + namespace + ", ";
    LOG.fine(
        () ->
            "tag " + printable(tag) + ", " + printable(who) + "goes " + route.decision().words()
                + ": " + route.why());
  }

  /** Both come from outside: they shall not make lines of their own. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
