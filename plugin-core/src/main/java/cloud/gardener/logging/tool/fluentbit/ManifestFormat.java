package cloud.gardener.logging.tool.fluentbit;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Manifests of fluent-operator: {@code ClusterOutput} and {@code Output} with {@code customPlugin}, from which the
 * operator writes an output's section. Other manifests in the file are passed over.
 */
final class ManifestFormat {
  private static final Set<String> KINDS = Set.of("ClusterOutput", "Output");

  /** The fields of spec that the operator writes before the plugin's own keys. */
  private static final Map<String, String> KEYS =
      Map.of("match", "Match", "matchRegex", "Match_Regex", "alias", "Alias", "logLevel", "Log_Level", "retry_limit", "Retry_Limit");

  private final FluentBitConfig config;

  ManifestFormat(FluentBitConfig config) {
    this.config = config;
  }

  /** Whether the file's first document is a manifest of Kubernetes, and not a configuration. */
  static boolean isManifest(Path file) throws ConfigFileException {
    YamlNodes nodes = YamlNodes.of(file);
    for (Node document : nodes.documents()) {
      return nodes.find(document, "apiVersion").isPresent() && nodes.find(document, "kind").isPresent();
    }
    return false;
  }

  void read(Path file) throws ConfigFileException {
    YamlNodes nodes = YamlNodes.of(file);
    for (Node document : nodes.documents()) {
      readObject(nodes, document, file);
    }
  }

  /** Reads an object, or a list of objects, as kubectl prints them. */
  private void readObject(YamlNodes nodes, Node object, Path file) throws ConfigFileException {
    Optional<Node> kind = nodes.find(object, "kind");
    Optional<Node> spec = nodes.find(object, "spec");
    Optional<Node> items = nodes.find(object, "items");
    if (items.isPresent()) {
      for (Node item : nodes.items(items.get())) {
        readObject(nodes, item, file);
      }
    } else if (kind.isPresent() && spec.isPresent() && KINDS.contains(nodes.text(kind.get()))) {
      readOutput(nodes, spec.get(), file);
    }
  }

  private void readOutput(YamlNodes nodes, Node spec, Path file) throws ConfigFileException {
    Optional<Node> plugin = nodes.find(spec, "customPlugin");
    if (plugin.isEmpty()) {
      return;
    }
    Section section = config.add(Section.Kind.OUTPUT, nodes.place(spec));
    for (YamlNodes.Pair pair : nodes.pairs(spec)) {
      if (KEYS.containsKey(pair.key())) {
        section.add(KEYS.get(pair.key()), nodes.text(pair.value()), pair.place());
      }
    }
    Optional<Node> text = nodes.find(plugin.get(), "config");
    if (text.isPresent()) {
      // A block's text begins on the line below its key.
      int line = nodes.place(text.get()).line() + 1;
      new ClassicFormat(config).readKeys(file.toString(), line, nodes.text(text.get()), section);
    }
    Optional<Node> yaml = nodes.find(plugin.get(), "yamlConfig");
    if (yaml.isPresent()) {
      YamlFormat.readProperties(nodes, yaml.get(), section);
    }
  }
}
