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
    return text.isEmpty() ? List.of() : JsonText.read(text, HostPath::readKeys);
  }

  private static List<String> readKeys(JsonParser json) throws BadValueException {
    List<String> keys = new ArrayList<>();
    JsonToken token = json.nextToken();
    if (token != JsonToken.START_OBJECT) {
      throw JsonText.errorAt(json, "an object is expected");
    }
    while (token == JsonToken.START_OBJECT) {
      token = json.nextToken();
      if (token == JsonToken.END_OBJECT && keys.isEmpty()) {
        return List.of();
      }
      if (token != JsonToken.PROPERTY_NAME) {
        throw JsonText.errorAt(json, "a key is expected");
      }
      keys.add(json.currentName());
      token = json.nextToken();
    }
    if (token != JsonToken.VALUE_STRING) {
      throw JsonText.errorAt(json, "an object or a string is expected");
    }
    for (int openObjects = keys.size(); openObjects > 0; openObjects--) {
      if (json.nextToken() != JsonToken.END_OBJECT) {
        throw JsonText.errorAt(json, "each object may have one key only");
      }
    }
    return List.copyOf(keys);
  }
}
