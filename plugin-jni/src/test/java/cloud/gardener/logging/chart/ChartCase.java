package cloud.gardener.logging.chart;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A row of {@code chart/cases.yaml}.
 *
 * @param name what it is about
 * @param values on top of the chart's
 * @param facts what must be there: a path, and the value at it. A path begins with an object's kind; {@code name=x}
 *     is the element of an array with that name. The value null means absent, {@code {contains: text}} a part of a text
 * @param refused parts of the message with which helm refuses the values, one or a list; empty if it takes them
 */
record ChartCase(String name, Map<?, ?> values, Map<String, JsonNode> facts, List<String> refused) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static ChartCase of(JsonNode row) {
    Map<String, JsonNode> facts = new java.util.LinkedHashMap<>();
    row.path("facts").properties().forEach(fact -> facts.put(fact.getKey(), fact.getValue()));
    return new ChartCase(
        row.path("case").asString(),
        row.has("values") ? JSON.convertValue(row.get("values"), Map.class) : Map.of(),
        facts,
        texts(row.path("refused")));
  }

  private static List<String> texts(JsonNode oneOrMany) {
    return oneOrMany.isString()
        ? List.of(oneOrMany.asString())
        : oneOrMany.valueStream().map(JsonNode::asString).toList();
  }

  /** Whether the objects have the value at the path. */
  static boolean holds(List<JsonNode> objects, String path, JsonNode expected) {
    JsonNode found = find(objects, path);
    if (expected.has("contains")) {
      return found.asString("").contains(expected.get("contains").asString());
    }
    return expected.isNull() ? found.isMissingNode() : found.equals(expected);
  }

  /** What is at a path; a missing node where there is nothing. */
  static JsonNode find(List<JsonNode> objects, String path) {
    String[] steps = path.split("/");
    JsonNode node =
        objects.stream()
            .filter(object -> object.path("kind").asString().equals(steps[0]))
            .findFirst()
            .orElse(JSON.missingNode());
    for (int i = 1; i < steps.length; i++) {
      node = step(node, steps[i].replace("~1", "/"));
    }
    return node;
  }

  private static JsonNode step(JsonNode node, String step) {
    if (!node.isArray()) {
      return node.path(step);
    }
    if (!step.startsWith("name=")) {
      return node.path(Integer.parseInt(step));
    }
    String name = step.substring("name=".length());
    return node.valueStream()
        .filter(element -> element.path("name").asString().equals(name))
        .findFirst()
        .orElse(JSON.missingNode());
  }
}
