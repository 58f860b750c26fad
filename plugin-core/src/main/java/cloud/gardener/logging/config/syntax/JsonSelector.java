package cloud.gardener.logging.config.syntax;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Converts a JSON LabelSelector, with {@code matchLabels} and {@code matchExpressions}, to the text of a selector. */
final class JsonSelector {
  private JsonSelector() {}

  static String toText(String json) throws BadValueException {
    return String.join(",", JsonText.read(json, JsonSelector::readRequirements));
  }

  private static List<String> readRequirements(JsonParser json) throws BadValueException {
    List<String> requirements = new ArrayList<>();
    expect(json, JsonToken.START_OBJECT, "an object");
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      switch (json.currentName()) {
        case "matchLabels" -> readMatchLabels(json, requirements);
        case "matchExpressions" -> readMatchExpressions(json, requirements);
        default -> throw JsonText.errorAt(json, "matchLabels or matchExpressions is expected");
      }
    }
    return requirements;
  }

  private static void readMatchLabels(JsonParser json, List<String> requirements)
      throws BadValueException {
    expect(json, JsonToken.START_OBJECT, "an object of strings");
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = json.currentName();
      expect(json, JsonToken.VALUE_STRING, "a string");
      addRequirement(json, requirements, key + "=" + json.getString());
    }
  }

  private static void readMatchExpressions(JsonParser json, List<String> requirements)
      throws BadValueException {
    expect(json, JsonToken.START_ARRAY, "an array of objects");
    while (json.nextToken() == JsonToken.START_OBJECT) {
      addRequirement(json, requirements, readExpression(json));
    }
    if (json.currentToken() != JsonToken.END_ARRAY) {
      throw JsonText.errorAt(json, "an object is expected");
    }
  }

  private static String readExpression(JsonParser json) throws BadValueException {
    String key = "";
    String operator = "";
    List<String> values = new ArrayList<>();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      switch (json.currentName()) {
        case "key" -> {
          expect(json, JsonToken.VALUE_STRING, "a string");
          key = json.getString();
        }
        case "operator" -> {
          expect(json, JsonToken.VALUE_STRING, "a string");
          operator = json.getString();
        }
        case "values" -> {
          expect(json, JsonToken.START_ARRAY, "an array of strings");
          while (json.nextToken() == JsonToken.VALUE_STRING) {
            values.add(json.getString());
          }
        }
        default -> throw JsonText.errorAt(json, "key, operator or values is expected");
      }
    }
    return formatExpression(json, key, operator, values);
  }

  private static String formatExpression(JsonParser json, String key, String operator, List<String> values)
      throws BadValueException {
    String list = " (" + String.join(",", values) + ")";
    boolean takesValues = operator.equals("In") || operator.equals("NotIn");
    if (takesValues == values.isEmpty()) {
      throw JsonText.errorAt(json, "In and NotIn take values, the others none");
    }
    return switch (operator) {
      case "In" -> key + " in" + list;
      case "NotIn" -> key + " notin" + list;
      case "Exists" -> key;
      case "DoesNotExist" -> "!" + key;
      default -> throw JsonText.errorAt(json, "In, NotIn, Exists or DoesNotExist is expected");
    };
  }

  private static void addRequirement(JsonParser json, List<String> requirements, String requirement)
      throws BadValueException {
    if (!LabelSelector.isRequirement(requirement)) {
      throw JsonText.errorAt(json, "the label's key or a value is wrong");
    }
    requirements.add(requirement);
  }

  private static void expect(JsonParser json, JsonToken token, String what)
      throws BadValueException {
    if (json.nextToken() != token) {
      throw JsonText.errorAt(json, what + " is expected");
    }
  }
}
