package cloud.gardener.logging.route;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Logs at level debug why records go where they go: one line for each tag and namespace, and another when the route
 * changes. Remembers the {@link #MAX_ENTRIES} most recently used; a forgotten one is logged again.
 *
 * <p>Thread-safe.
 */
final class Explanations {
  static final int MAX_ENTRIES = 2048;

  private static final Logger LOG = Logger.getLogger(Explanations.class.getName());

  private final Map<String, Route> logged =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Route> eldest) {
          return size() > MAX_ENTRIES;
        }
      };

  /** Whether level debug is enabled. */
  boolean isEnabled() {
    return LOG.isLoggable(Level.FINE);
  }

  /** Logs where records of this tag and namespace go, unless it was logged already. */
  void log(String tag, String namespace, Route route) {
    String key = tag + '\n' + namespace;
    synchronized (logged) {
      if (route.equals(logged.put(key, route))) {
        return;
      }
    }
    LOG.fine(() -> explain(tag, namespace, route));
  }

  /** Where records of this tag and namespace go, and why, in one line. */
  static String explain(String tag, String namespace, Route route) {
    String who = namespace.isEmpty() ? "" : "namespace " + namespace + ", ";
    return "tag " + printable(tag) + ", " + printable(who) + route.explanation();
  }

  /** Tag and namespace are untrusted: control characters must not create log lines. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
