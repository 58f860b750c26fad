package cloud.gardener.logging.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The namespaces of unknown shoots that have series of their own: the first {@value #MAX}. The records of all others are
 * counted together, because whoever creates namespaces must not create series without end. Thread-safe.
 */
final class UnknownHosts {
  static final int MAX = 100;
  static final String OTHER = "other";

  private final Set<String> labelled = ConcurrentHashMap.newKeySet();

  /** The label for the records of a namespace. */
  String labelFor(String namespace) {
    if (labelled.contains(namespace)) {
      return namespace;
    }
    synchronized (this) {
      return labelled.size() < MAX && labelled.add(namespace) || labelled.contains(namespace) ? namespace : OTHER;
    }
  }
}
