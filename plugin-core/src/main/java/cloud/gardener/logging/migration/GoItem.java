package cloud.gardener.logging.migration;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * A log record as the plugin in Go stores it, in JSON. Unknown fields are skipped, missing ones are empty.
 *
 * @param time when it was written; null when not known
 * @param observed when the plugin got it; null when not known
 * @param body its message
 * @param attributes its attributes, in their order, also repeated ones
 * @param traceId 16 bytes, or empty
 * @param spanId 8 bytes, or empty
 * @param traceFlags of the trace
 * @param resource the attributes of its resource
 */
record GoItem(
    Instant time,
    Instant observed,
    String body,
    List<Attribute> attributes,
    byte[] traceId,
    byte[] spanId,
    int traceFlags,
    List<Attribute> resource) {

  /** @param value a String, Long, Double, Boolean or byte[] */
  record Attribute(String key, Object value) {}

  private static final int MAX_DEPTH = 16;
  private static final int MAX_NUMBER_CHARS = 64;
  private static final byte[] NONE = {};

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .maxStringLength(GoSegment.MAX_ITEM_BYTES)
                  .maxNameLength(GoSegment.MAX_ITEM_BYTES)
                  .build())
          .build();

  /**
   * Reads an item.
   *
   * @throws UnreadableException when it is not JSON, or a field has a wrong type
   */
  static GoItem read(ByteBuffer json) throws UnreadableException {
    byte[] bytes = json.array();
    int offset = json.arrayOffset() + json.position();
    try (JsonParser parser =
        FACTORY.createParser(ObjectReadContext.empty(), bytes, offset, json.remaining())) {
      GoItem item = read(parser);
      require(parser.nextToken() == null);
      return item;
    } catch (JacksonException e) {
      throw new UnreadableException("its JSON is damaged");
    }
  }

  private static GoItem read(JsonParser json) throws UnreadableException {
    require(json.nextToken() == JsonToken.START_OBJECT);
    Instant time = null;
    Instant observed = null;
    String body = "";
    List<Attribute> attributes = List.of();
    List<Attribute> resource = List.of();
    byte[] traceId = NONE;
    byte[] spanId = NONE;
    int traceFlags = 0;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "timestamp" -> time = parseTime(readString(json));
        case "observed_timestamp" -> observed = parseTime(readString(json));
        case "body" -> body = readString(json);
        case "attributes" -> attributes = readAttributes(json);
        case "resource" -> resource = readAttributes(json);
        case "trace_id" -> traceId = readBinary(json);
        case "span_id" -> spanId = readBinary(json);
        case "trace_flags" -> traceFlags = (int) readInteger(json);
        default -> json.skipChildren();
      }
    }
    require(json.currentToken() == JsonToken.END_OBJECT);
    return new GoItem(time, observed, body, attributes, traceId, spanId, traceFlags, resource);
  }

  private static List<Attribute> readAttributes(JsonParser json) throws UnreadableException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return List.of();
    }
    require(json.currentToken() == JsonToken.START_ARRAY);
    List<Attribute> attributes = new ArrayList<>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      attributes.add(readAttribute(json));
    }
    require(json.currentToken() == JsonToken.END_ARRAY);
    return attributes;
  }

  private static Attribute readAttribute(JsonParser json) throws UnreadableException {
    String key = "";
    String type = "";
    String text = "";
    long integer = 0;
    double real = 0;
    boolean truth = false;
    byte[] bytes = NONE;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "key" -> key = readString(json);
        case "value_type" -> type = readString(json);
        case "str_value" -> text = readString(json);
        case "int_value" -> integer = readInteger(json);
        case "flt_value" -> real = readDouble(json);
        case "bool_value" -> truth = json.currentToken() == JsonToken.VALUE_TRUE;
        case "byte_value" -> bytes = readBinary(json);
        default -> json.skipChildren();
      }
    }
    require(json.currentToken() == JsonToken.END_OBJECT);
    return new Attribute(
        key,
        switch (type) {
          case "int64" -> integer;
          case "float64" -> real;
          case "bool" -> truth;
          case "bytes" -> bytes;
          default -> text;
        });
  }

  private static String readString(JsonParser json) throws UnreadableException {
    require(json.currentToken() == JsonToken.VALUE_STRING);
    return json.getString();
  }

  private static long readInteger(JsonParser json) throws UnreadableException {
    require(json.currentToken() == JsonToken.VALUE_NUMBER_INT);
    return json.getLongValue();
  }

  private static double readDouble(JsonParser json) throws UnreadableException {
    require(json.currentToken().isNumeric());
    return json.getDoubleValue();
  }

  private static byte[] readBinary(JsonParser json) throws UnreadableException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return NONE;
    }
    require(json.currentToken() == JsonToken.VALUE_STRING);
    return json.getBinaryValue();
  }

  /** Go's zero time, and any other before 1970, means that the time is not known. */
  private static Instant parseTime(String text) throws UnreadableException {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      return time.isBefore(Instant.EPOCH) ? null : time;
    } catch (DateTimeException e) {
      throw new UnreadableException("its time is none");
    }
  }

  private static void require(boolean condition) throws UnreadableException {
    if (!condition) {
      throw new UnreadableException("its JSON is not a log record");
    }
  }
}
