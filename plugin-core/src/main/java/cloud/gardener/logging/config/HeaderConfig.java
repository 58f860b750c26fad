package cloud.gardener.logging.config;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The headers that are sent with each request; secret, never to be logged. If two of the three sources have a header of
 * the same name, ignoring case, the later source takes precedence.
 *
 * @param fixed from the key {@code Headers}
 * @param file from the key {@code HeadersFile}: a file that is read again when it changes; empty for none
 * @param ofShoot from the key {@code ShootHeaders}, for one shoot; empty for the seed
 */
public record HeaderConfig(Map<String, String> fixed, String file, Map<String, String> ofShoot) {
  /** Copies the maps. */
  public HeaderConfig {
    fixed = Map.copyOf(fixed);
    ofShoot = Map.copyOf(ofShoot);
  }

  /** Returns the headers of the settings alone. */
  public static HeaderConfig of(Map<String, String> fixed) {
    return new HeaderConfig(fixed, "", Map.of());
  }

  /**
   * Returns all headers that are sent, by lower-case name.
   *
   * @param fromFile the current headers of the file
   */
  public Map<String, String> with(Map<String, String> fromFile) {
    Map<String, String> all = new TreeMap<>();
    putAll(all, fixed);
    putAll(all, fromFile);
    putAll(all, ofShoot);
    return all;
  }

  /** Omits names and values, which are secret. */
  @Override
  public String toString() {
    return fixed.size() + ofShoot.size() + " hidden" + (file.isEmpty() ? "" : " and " + file);
  }

  private static void putAll(Map<String, String> all, Map<String, String> more) {
    more.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
  }
}
