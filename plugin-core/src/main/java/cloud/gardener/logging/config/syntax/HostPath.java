package cloud.gardener.logging.config.syntax;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Parses {@code DynamicHostPath}: nested objects with one key each, and a string in the innermost, such as {@code
 * {"kubernetes": {"namespace_name": "namespace"}}}. The keys are the path into a record; the string has no meaning.
 */
public final class HostPath {
  private HostPath() {}

  /** Returns the keys from the outermost to the innermost; none for empty text and for an empty object. */
  public static List<String> parse(String text) throws BadValueException {
    return text.isEmpty() ? List.of() : JsonText.read(text, HostPath::path);
  }

  private static List<String> path(JsonParser json) throws BadValueException {
    List<String> keys = new ArrayList<>();
    JsonToken token = json.nextToken();
    if (token != JsonToken.START_OBJECT) {
      throw JsonText.wrong(json, "an object is expected");
    }
    while (token == JsonToken.START_OBJECT) {
      token = json.nextToken();
      if (token == JsonToken.END_OBJECT && keys.isEmpty()) {
        return List.of();
      }
      if (token != JsonToken.PROPERTY_NAME) {
        throw JsonText.wrong(json, "a key is expected");
      }
      keys.add(json.currentName());
      token = json.nextToken();
    }
    if (token != JsonToken.VALUE_STRING) {
      throw JsonText.wrong(json, "an object or a string is expected");
    }
    for (int open = keys.size(); open > 0; open--) {
      if (json.nextToken() != JsonToken.END_OBJECT) {
        throw JsonText.wrong(json, "each object may have one key only");
      }
    }
    return List.copyOf(keys);
  }
}
