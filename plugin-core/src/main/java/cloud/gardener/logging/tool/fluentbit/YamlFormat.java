package cloud.gardener.logging.tool.fluentbit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The YAML format. */
final class YamlFormat {
  /** What an output may hold beside keys: they are Fluent Bit's own, and maps. */
  private static final Set<String> NESTED = Set.of("processors", "routes");

  private final FluentBitConfig config;
  private final Set<Path> read = new HashSet<>();

  YamlFormat(FluentBitConfig config) {
    this.config = config;
  }

  void read(Path file) throws ConfigFileException {
    try {
      if (!read.add(file.toRealPath())) {
        throw new ConfigFileException(file.toString(), "Fluent Bit does not include a file twice");
      }
    } catch (IOException e) {
      throw new ConfigFileException(file.toString(), "there is no such file, or it cannot be read");
    }
    YamlNodes nodes = YamlNodes.of(file);
    for (Node document : nodes.documents()) {
      for (YamlNodes.Pair pair : nodes.pairs(document)) {
        readSection(nodes, pair, file);
      }
    }
  }

  private void readSection(YamlNodes nodes, YamlNodes.Pair pair, Path file) throws ConfigFileException {
    switch (pair.key().toLowerCase(Locale.ROOT)) {
      case "env" -> readVariables(nodes, pair.value());
      case "service" -> readService(nodes, pair);
      case "includes" -> readIncludes(nodes, pair.value(), file);
      case "plugins" -> readPlugins(nodes, pair);
      case "pipeline" -> readPipeline(nodes, pair.value());
      default -> {
        // Parsers, customs and the like do not concern an output.
        if (isSimple(pair.value())) {
          throw new ConfigFileException(pair.place(), "unknown: " + pair.key());
        }
      }
    }
  }

  private void readService(YamlNodes nodes, YamlNodes.Pair pair) throws ConfigFileException {
    if (config.sections(Section.Kind.SERVICE).findAny().isPresent()) {
      throw new ConfigFileException(pair.place(), "a second service: Fluent Bit takes one");
    }
    readProperties(nodes, pair.value(), config.add(Section.Kind.SERVICE, pair.place()));
  }

  private void readVariables(YamlNodes nodes, Node node) throws ConfigFileException {
    if (node instanceof MappingNode) {
      for (YamlNodes.Pair pair : nodes.pairs(node)) {
        config.variables().define(pair.key(), nodes.text(pair.value()), pair.place());
      }
      return;
    }
    for (Node item : nodes.items(node)) {
      Optional<Node> name = nodes.find(item, "name");
      Optional<Node> uri = nodes.find(item, "uri");
      Optional<Node> value = uri.isPresent() ? uri : nodes.find(item, "value");
      if (name.isEmpty() || value.isEmpty()) {
        throw new ConfigFileException(nodes.place(item), "expected a variable's name and value, or uri, here");
      }
      config.variables().define(nodes.text(name.get()), nodes.text(value.get()), nodes.place(item));
    }
  }

  private void readIncludes(YamlNodes nodes, Node list, Path file) throws ConfigFileException {
    Path folder = file.toAbsolutePath().getParent();
    for (Node item : nodes.items(list)) {
      for (Path included : ConfigFile.included(folder, nodes.text(item), nodes.place(item))) {
        read(included);
      }
    }
  }

  private void readPlugins(YamlNodes nodes, YamlNodes.Pair pair) throws ConfigFileException {
    Section section = config.add(Section.Kind.PLUGINS, pair.place());
    for (Node item : nodes.items(pair.value())) {
      section.add("path", nodes.text(item), nodes.place(item));
    }
  }

  private void readPipeline(YamlNodes nodes, Node pipeline) throws ConfigFileException {
    for (YamlNodes.Pair pair : nodes.pairs(pipeline)) {
      Section.Kind kind = pair.key().equalsIgnoreCase("outputs") ? Section.Kind.OUTPUT : Section.Kind.OTHER;
      for (Node item : nodes.items(pair.value())) {
        readProperties(nodes, item, config.add(kind, nodes.place(item)));
      }
    }
  }

  /** Reads the keys of a plugin. Of a list, each item is set in turn, as Fluent Bit does. */
  static void readProperties(YamlNodes nodes, Node mapping, Section section) throws ConfigFileException {
    for (YamlNodes.Pair pair : nodes.pairs(mapping)) {
      if (section.kind() != Section.Kind.OUTPUT && !isSimple(pair.value())
          || NESTED.contains(pair.key().toLowerCase(Locale.ROOT))) {
        continue;
      }
      if (pair.value() instanceof MappingNode) {
        throw new ConfigFileException(pair.place(), "Fluent Bit takes no keys below " + pair.key() + ": write one text");
      }
      List<Node> values =
          pair.value() instanceof SequenceNode ? nodes.items(pair.value()) : List.of(pair.value());
      for (Node value : values) {
        section.add(toClassicKey(pair.key()), nodes.text(value).strip(), pair.place());
      }
    }
  }

  private static boolean isSimple(Node node) {
    return !(node instanceof MappingNode) && !(node instanceof SequenceNode);
  }

  /** Fluent Bit turns camelCase that begins with a small letter into snake_case: seedType into seed_type. */
  private static String toClassicKey(String key) {
    boolean isCamelCase = !key.isEmpty() && key.charAt(0) >= 'a' && key.charAt(0) <= 'z' && !key.contains("_");
    return isCamelCase ? key.replaceAll("(?<=.)([A-Z])", "_$1").toLowerCase(Locale.ROOT) : key;
  }
}
