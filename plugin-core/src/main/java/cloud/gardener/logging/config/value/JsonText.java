package cloud.gardener.logging.config.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/**
 * Reads a setting that is JSON. Jackson's own messages quote the text, which may be a secret: only
 * the position of an error is taken from them.
 */
final class JsonText {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private JsonText() {}

  /** Takes what it needs from the parser; {@link #read} checks that nothing follows. */
  @FunctionalInterface
  interface Body<T> {
    T read(JsonParser json) throws IOException, BadValueException;
  }

  static <T> T read(String text, Body<T> body) throws BadValueException {
    try (JsonParser json = FACTORY.createParser(text)) {
      T value = body.read(json);
      if (json.nextToken() != null) {
        throw wrong(json, "nothing more is expected");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new BadValueException("it is not valid JSON" + at(e.getLocation()));
    } catch (IOException e) {
      throw new IllegalStateException("text in memory cannot fail to be read", e);
    }
  }

  /** The error at the parser's current token. */
  static BadValueException wrong(JsonParser json, String message) {
    return new BadValueException(message + at(json.currentTokenLocation()));
  }

  /** Text nested too deep has an error without a place. */
  private static String at(JsonLocation location) {
    if (location == null) {
      return "";
    }
    return " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
