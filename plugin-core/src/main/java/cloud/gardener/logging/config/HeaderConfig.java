package cloud.gardener.logging.config;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The headers that are sent with each request; secret, never to be logged. Where two of the three
 * sources have a header of one name, letter case apart, the later one counts.
 *
 * @param fixed from the key {@code Headers}
 * @param file whose headers are read again when it changes, the key {@code HeadersFile}; empty for
 *     none
 * @param ofShoot from the key {@code ShootHeaders}, for one shoot; empty for the seed
 */
public record HeaderConfig(Map<String, String> fixed, String file, Map<String, String> ofShoot) {
  /** Copies the maps. */
  public HeaderConfig {
    fixed = Map.copyOf(fixed);
    ofShoot = Map.copyOf(ofShoot);
  }

  /** Those of the settings alone. */
  public static HeaderConfig of(Map<String, String> fixed) {
    return new HeaderConfig(fixed, "", Map.of());
  }

  /**
   * All that are sent, by name in lower case.
   *
   * @param fromFile what the file holds now
   */
  public Map<String, String> with(Map<String, String> fromFile) {
    Map<String, String> all = new TreeMap<>();
    putAll(all, fixed);
    putAll(all, fromFile);
    putAll(all, ofShoot);
    return all;
  }

  /** Without names and values. */
  @Override
  public String toString() {
    return fixed.size() + ofShoot.size() + " hidden" + (file.isEmpty() ? "" : " and " + file);
  }

  private static void putAll(Map<String, String> all, Map<String, String> more) {
    more.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
  }
}
