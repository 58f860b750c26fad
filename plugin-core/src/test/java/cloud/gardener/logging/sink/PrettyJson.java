package cloud.gardener.logging.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prints the JSON of stdin for people, for {@code make demo}: what fits in a line is in one. */
final class PrettyJson {
  private static final int WIDTH = 118;

  private PrettyJson() {}

  public static void main(String[] args) throws IOException {
    String text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    System.out.println(format(JsonMapper.builder().build().readTree(text), ""));
  }

  private static String format(JsonNode node, String indent) {
    String flat = node.toString();
    if (!node.isContainer() || indent.length() + flat.length() <= WIDTH) {
      return flat;
    }
    String inner = indent + "  ";
    return node.isArray()
        ? StreamSupport.stream(node.spliterator(), false)
            .map(each -> inner + format(each, inner))
            .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"))
        : node.properties().stream()
            .map(each -> inner + "\"" + each.getKey() + "\": " + format(each.getValue(), inner))
            .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
  }
}
