package cloud.gardener.logging.tool.fluentbit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The documents of a YAML file as trees whose scalars are text, with the lines where they are. */
final class YamlNodes {
  /** A key of a mapping with its value. */
  record Pair(String key, Node value, Place place) {}

  private final String name;

  private YamlNodes(String name) {
    this.name = name;
  }

  static YamlNodes of(Path file) {
    return new YamlNodes(file.toString());
  }

  /** Parses all documents. */
  List<Node> documents() throws ConfigFileException {
    try (InputStream in = Files.newInputStream(Path.of(name))) {
      List<Node> documents = new ArrayList<>();
      new Compose(LoadSettings.builder().setLabel(name).build())
          .composeAllFromInputStream(in)
          .forEach(documents::add);
      return documents;
    } catch (IOException e) {
      throw new ConfigFileException(name, "there is no such file, or it cannot be read");
    } catch (MarkedYamlEngineException e) {
      throw new ConfigFileException(new Place(name, line(e.getProblemMark())), "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new ConfigFileException(name, "not YAML: " + e.getMessage().lines().findFirst().orElse(""));
    }
  }

  /** The pairs of a mapping. Its keys are text. */
  List<Pair> pairs(Node node) throws ConfigFileException {
    if (!(node instanceof MappingNode mapping)) {
      throw new ConfigFileException(place(node), "expected keys with values here");
    }
    List<Pair> pairs = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      pairs.add(new Pair(text(tuple.getKeyNode()), tuple.getValueNode(), place(tuple.getKeyNode())));
    }
    return pairs;
  }

  /** The value of the first of these keys; empty when the node is no mapping or has no such key. */
  Optional<Node> find(Node node, String key) throws ConfigFileException {
    if (node instanceof MappingNode) {
      for (Pair pair : pairs(node)) {
        if (pair.key().equals(key)) {
          return Optional.of(pair.value());
        }
      }
    }
    return Optional.empty();
  }

  List<Node> items(Node node) throws ConfigFileException {
    if (!(node instanceof SequenceNode sequence)) {
      throw new ConfigFileException(place(node), "expected a list here");
    }
    return sequence.getValue();
  }

  String text(Node node) throws ConfigFileException {
    if (!(node instanceof ScalarNode scalar)) {
      throw new ConfigFileException(place(node), "expected a text here");
    }
    return scalar.getValue();
  }

  Place place(Node node) {
    return new Place(name, line(node.getStartMark()));
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(Mark::getLine).orElse(0) + 1;
  }
}
