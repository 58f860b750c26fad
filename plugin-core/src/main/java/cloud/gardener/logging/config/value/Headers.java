package cloud.gardener.logging.config.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Headers of requests, which HTTP and gRPC can both carry: {@link HeaderList} has checked them. Secret, never to be
 * logged. Immutable.
 *
 * @param byName the values by the names, which are in lower case
 */
public record Headers(Map<String, String> byName) {
  /** No headers. */
  public static final Headers NONE = new Headers(Map.of());

  /** Copies the map, and converts the names to lower case. */
  public Headers {
    Map<String, String> copy = new LinkedHashMap<>();
    byName.forEach((name, value) -> copy.put(name.toLowerCase(Locale.ROOT), value));
    byName = Collections.unmodifiableMap(copy);
  }

  /** Returns these headers and others, which take precedence. */
  public Headers merge(Headers others) {
    Map<String, String> all = new LinkedHashMap<>(byName);
    all.putAll(others.byName);
    return new Headers(all);
  }

  /** Omits names and values, which are secret. */
  @Override
  public String toString() {
    return byName.size() + " hidden";
  }
}
