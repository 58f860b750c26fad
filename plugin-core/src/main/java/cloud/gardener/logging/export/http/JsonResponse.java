package cloud.gardener.logging.export.http;

import cloud.gardener.logging.export.ExportResult;
import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Parses responses in OTLP/JSON. Like {@code ExportResponse}, it does not build a tree:
 *
 * <pre>
 *   {"partialSuccess": {"rejectedLogRecords": "3" (or 3), "errorMessage": "..."}}
 *   {"code": 3, "message": "..."}
 * </pre>
 */
final class JsonResponse {
  private static final JsonFactory FACTORY = new JsonFactory();

  private long rejected;
  private String errorMessage = "";
  private String statusMessage = "";

  private JsonResponse() {}

  /**
   * Parses a response with status 200: see {@code ExportResponse.parse}.
   *
   * @throws IOException when it is not a JSON object
   */
  static ExportResult.Accepted parseAccepted(byte[] body, int records) throws IOException {
    if (body.length == 0) {
      return ExportResult.Accepted.ALL;
    }
    JsonResponse response = parse(body);
    return new ExportResult.Accepted(
        Math.max(0, Math.min(records, response.rejected)), response.errorMessage);
  }

  /** The message of a failure's status; empty for none. */
  static String parseMessage(byte[] body) throws IOException {
    return parse(body).statusMessage;
  }

  private static JsonResponse parse(byte[] body) throws IOException {
    JsonResponse response = new JsonResponse();
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no JSON object");
      }
      response.readObject(json);
      if (json.nextToken() != null) {
        throw new IOException("more than a JSON object");
      }
    } catch (JacksonException e) {
      throw new IOException("no JSON", e);
    }
    return response;
  }

  private void readObject(JsonParser json) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("partialSuccess") && value == JsonToken.START_OBJECT) {
        readPartialSuccess(json);
      } else if (name.equals("message") && value == JsonToken.VALUE_STRING) {
        statusMessage = json.getString();
      } else {
        json.skipChildren();
      }
    }
  }

  private void readPartialSuccess(JsonParser json) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "rejectedLogRecords" -> rejected = json.getValueAsLong();
        case "errorMessage" -> errorMessage = json.getValueAsString("");
        default -> json.skipChildren();
      }
    }
  }
}
