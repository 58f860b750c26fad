package cloud.gardener.logging.config.syntax;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Parses a setting that is JSON. Jackson's own messages quote the text, which may be a secret: only the position of an
 * error is used.
 */
public final class JsonText {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JsonText() {}

  /** Reads the value from the parser; {@link #read} checks that nothing follows. */
  @FunctionalInterface
  public interface Body<T> {
    T read(JsonParser json) throws BadValueException;
  }

  /** Reads a text that is one JSON value. */
  public static <T> T read(String text, Body<T> body) throws BadValueException {
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      T value = body.read(json);
      if (json.nextToken() != null) {
        throw errorAt(json, "nothing more is expected");
      }
      return value;
    } catch (JacksonException e) {
      throw new BadValueException("it is not valid JSON" + describePosition(e.getLocation()));
    }
  }

  /** Returns an error at the position of the parser's current token. */
  public static BadValueException errorAt(JsonParser json, String message) {
    return new BadValueException(message + describePosition(json.currentTokenLocation()));
  }

  /** Formats a position. The error for text that is nested too deep has none. */
  private static String describePosition(TokenStreamLocation location) {
    if (location == null) {
      return "";
    }
    return " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
