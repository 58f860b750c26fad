package cloud.gardener.logging.route;

import cloud.gardener.logging.config.ConfigException;
import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.keys.ConfigReader;
import java.util.HashMap;
import java.util.Map;

/** Sections for tests of routing. */
public final class RouteConfigs {
  private static final String[] SHOOTS = {
    "DynamicHostPath", "{\"kubernetes\": {\"namespace_name\": \"namespace\"}}",
    "DynamicHostPrefix", "opentelemetry-collector-collector.",
    "DynamicHostSuffix", ".svc.cluster.local:4317",
    "DynamicHostRegex", "^shoot-",
  };

  private RouteConfigs() {}

  /** A section with these names and values. */
  public static PluginConfig of(String... namesAndValues) {
    return of(new HashMap<>(), namesAndValues);
  }

  /** The same beside the settings of shoots that Gardener has. */
  public static PluginConfig shoots(String... namesAndValues) {
    return of(put(new HashMap<>(), SHOOTS), namesAndValues);
  }

  private static PluginConfig of(Map<String, String> section, String... namesAndValues) {
    try {
      return ConfigReader.parse(put(section, namesAndValues)::get);
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Map<String, String> put(Map<String, String> section, String... namesAndValues) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      section.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return section;
  }
}
