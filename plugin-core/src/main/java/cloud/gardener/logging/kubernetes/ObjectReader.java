package cloud.gardener.logging.kubernetes;

import static cloud.gardener.logging.kubernetes.JsonPath.Field;

import cloud.gardener.logging.route.ShootFacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.async.ByteBufferFeeder;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the documents of one response of the API server as their bytes arrive: a page of a list, the events of a watch,
 * or a Status. Holds the fields of one object at a time, never its bytes.
 *
 * <p>Not thread-safe.
 */
final class ObjectReader {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // A parser would keep each name for its lifetime, and managedFields have different names in each object:
          // together more than the heap.
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          // Every object that the API server has stored must be readable, whatever is in it.
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(10_000).maxNameLength(1 << 20).build())
          .build();

  /** Receives the objects. */
  interface Sink {
    /** An object of a list. */
    void listed(ApiObject object);

    /** The page is complete. {@code next} is the continue token of the next page, or empty. */
    void listEnded(String next, String version);

    /** An event of a watch. */
    void event(String type, ApiObject object);

    /** A watch's event of type ERROR, or the reason why a request was rejected. */
    void status(ApiStatus status);
  }

  private final JsonPath root;
  private final Sink sink;
  private final JsonParser parser;
  private final ByteBufferFeeder feeder;
  private final Deque<JsonPath> nodes = new ArrayDeque<>();
  private final Map<Field, String> fields = new EnumMap<>(Field.class);
  private final Map<Field, String> outer = new EnumMap<>(Field.class);

  private JsonPath member;
  private int skipped;

  /**
   * Creates a reader.
   *
   * @param root the type of the documents: {@link JsonPath#LIST}, {@link JsonPath#EVENT} or {@link JsonPath#OBJECT}
   *     for a Status
   */
  ObjectReader(JsonPath root, Sink sink) {
    this.root = root;
    this.sink = sink;
    this.parser = FACTORY.createNonBlockingByteBufferParser(ObjectReadContext.empty());
    this.feeder = (ByteBufferFeeder) parser.nonBlockingInputFeeder();
  }

  /** Reads the next bytes. Throws if they are not JSON. */
  void feed(ByteBuffer part) throws IOException {
    try {
      feeder.feedInput(part);
      JsonToken token = parser.nextToken();
      while (token != null && token != JsonToken.NOT_AVAILABLE) {
        accept(token);
        token = parser.nextToken();
      }
    } catch (JacksonException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void accept(JsonToken token) {
    switch (token) {
      case START_OBJECT, START_ARRAY -> open(token);
      case END_OBJECT, END_ARRAY -> close();
      case PROPERTY_NAME -> {
        if (skipped == 0) {
          member = nodes.getLast().member(parser.currentName());
        }
      }
      default -> scalar(token);
    }
  }

  private void open(JsonToken token) {
    JsonPath node = nodes.isEmpty() ? root : member != null ? member : nodes.getLast().element();
    if (skipped > 0 || node == null) {
      skipped++;
      return;
    }
    if (node.field() != null && token == JsonToken.START_OBJECT) {
      keep(node, "");
    }
    nodes.addLast(node);
    member = null;
  }

  private void close() {
    member = null;
    if (skipped > 0) {
      skipped--;
      return;
    }
    JsonPath closed = nodes.removeLast();
    if (nodes.isEmpty()) {
      documentEnded();
    } else if (closed == JsonPath.OBJECT && root == JsonPath.LIST) {
      sink.listed(object());
      fields.clear();
    }
  }

  private void scalar(JsonToken token) {
    if (skipped == 0 && member != null && member.isScalar() && token != JsonToken.VALUE_NULL) {
      keep(member, parser.getString());
    }
    member = null;
  }

  private void keep(JsonPath node, String text) {
    boolean isOuter =
        switch (node.field()) {
          case EVENT_TYPE, CONTINUE, LIST_VERSION -> true;
          default -> false;
        };
    (isOuter ? outer : fields).put(node.field(), text);
  }

  private void documentEnded() {
    String type = outer.getOrDefault(Field.EVENT_TYPE, "");
    if (root == JsonPath.LIST) {
      sink.listEnded(
          outer.getOrDefault(Field.CONTINUE, ""), outer.getOrDefault(Field.LIST_VERSION, ""));
    } else if (root == JsonPath.OBJECT || type.equals("ERROR")) {
      sink.status(status());
    } else {
      sink.event(type, object());
    }
    fields.clear();
    outer.clear();
  }

  private ApiObject object() {
    return new ApiObject(
        fields.getOrDefault(Field.NAMESPACE, ""),
        fields.getOrDefault(Field.NAME, ""),
        fields.getOrDefault(Field.VERSION, ""),
        fields.containsKey(Field.DELETION),
        fields.containsKey(Field.SHOOT) ? shoot() : null);
  }

  private ShootFacts shoot() {
    ShootFacts.LastOperation last =
        fields.containsKey(Field.LAST_OPERATION)
            ? new ShootFacts.LastOperation(
                fields.get(Field.LAST_TYPE), fields.get(Field.LAST_STATE))
            : null;
    return new ShootFacts(
        fields.containsKey(Field.DELETION) || fields.containsKey(Field.SHOOT_DELETION),
        fields.get(Field.OPERATION),
        last,
        "true".equals(fields.get(Field.HIBERNATION_ENABLED)),
        "true".equals(fields.get(Field.HIBERNATED)),
        fields.get(Field.PURPOSE));
  }

  private ApiStatus status() {
    String code = fields.getOrDefault(Field.STATUS_CODE, "");
    return new ApiStatus(
        code.matches("[0-9]{3}") ? Integer.parseInt(code) : 0,
        fields.getOrDefault(Field.STATUS_MESSAGE, ""),
        ApiStatus.retryAfter(fields.get(Field.RETRY_AFTER)));
  }
}
