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
import tools.jackson.core.async.ByteArrayFeeder;
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
  interface Listener {
    /** An object of a list. */
    void listed(ApiObject object);

    /** The page is complete. {@code next} is the continue token of the next page, or empty. */
    void listEnded(String next, String version);

    /** An event of a watch. */
    void event(String type, ApiObject object);

    /** A watch's event of type ERROR, or the reason why a request was rejected. */
    void status(ApiStatus status);
  }

  private final JsonPath documentType;
  private final Listener listener;
  private final JsonParser parser;
  private final ByteArrayFeeder feeder;
  private byte[] fed = {};
  private final Deque<JsonPath> nodes = new ArrayDeque<>();
  private final Map<Field, String> objectFields = new EnumMap<>(Field.class);
  private final Map<Field, String> documentFields = new EnumMap<>(Field.class);

  private JsonPath property;
  private int skippedDepth;

  /**
   * Creates a reader.
   *
   * @param documentType {@link JsonPath#LIST}, {@link JsonPath#EVENT}, or {@link JsonPath#OBJECT} for a Status
   */
  ObjectReader(JsonPath documentType, Listener listener) {
    this.documentType = documentType;
    this.listener = listener;
    this.parser = FACTORY.createNonBlockingByteArrayParser(ObjectReadContext.empty());
    this.feeder = (ByteArrayFeeder) parser.nonBlockingInputFeeder();
  }

  /**
   * Reads the next bytes. Throws if they are not JSON. They are copied: the JDK's client has buffers without access to
   * their arrays, and with C1 a parser of buffers makes a call with checks for each byte.
   */
  void feed(ByteBuffer bytes) throws IOException {
    int length = bytes.remaining();
    if (fed.length < length) {
      fed = new byte[length];
    }
    bytes.get(fed, 0, length);
    try {
      feeder.feedInput(fed, 0, length);
      JsonToken token = parser.nextToken();
      while (token != null && token != JsonToken.NOT_AVAILABLE) {
        handle(token);
        token = parser.nextToken();
      }
    } catch (JacksonException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void handle(JsonToken token) {
    switch (token) {
      case START_OBJECT, START_ARRAY -> startContainer(token);
      case END_OBJECT, END_ARRAY -> endContainer();
      case PROPERTY_NAME -> {
        if (skippedDepth == 0) {
          property = nodes.getLast().property(parser.currentName());
        }
      }
      default -> scalar(token);
    }
  }

  private void startContainer(JsonToken token) {
    JsonPath node = nodes.isEmpty() ? documentType : property != null ? property : nodes.getLast().element();
    if (skippedDepth > 0 || node == null) {
      skippedDepth++;
      return;
    }
    if (node.field() != null && token == JsonToken.START_OBJECT) {
      store(node, "");
    }
    nodes.addLast(node);
    property = null;
  }

  private void endContainer() {
    property = null;
    if (skippedDepth > 0) {
      skippedDepth--;
      return;
    }
    JsonPath ended = nodes.removeLast();
    if (nodes.isEmpty()) {
      documentEnded();
    } else if (ended == JsonPath.OBJECT && documentType == JsonPath.LIST) {
      listener.listed(object());
      objectFields.clear();
    }
  }

  private void scalar(JsonToken token) {
    if (skippedDepth == 0 && property != null && property.keepsValue() && token != JsonToken.VALUE_NULL) {
      store(property, parser.getString());
    }
    property = null;
  }

  private void store(JsonPath node, String text) {
    boolean isOfDocument =
        switch (node.field()) {
          case EVENT_TYPE, CONTINUE, LIST_VERSION -> true;
          default -> false;
        };
    (isOfDocument ? documentFields : objectFields).put(node.field(), text);
  }

  private void documentEnded() {
    String type = documentFields.getOrDefault(Field.EVENT_TYPE, "");
    if (documentType == JsonPath.LIST) {
      listener.listEnded(
          documentFields.getOrDefault(Field.CONTINUE, ""), documentFields.getOrDefault(Field.LIST_VERSION, ""));
    } else if (documentType == JsonPath.OBJECT || type.equals("ERROR")) {
      listener.status(status());
    } else {
      listener.event(type, object());
    }
    objectFields.clear();
    documentFields.clear();
  }

  private ApiObject object() {
    return new ApiObject(
        objectFields.getOrDefault(Field.NAMESPACE, ""),
        objectFields.getOrDefault(Field.NAME, ""),
        objectFields.getOrDefault(Field.VERSION, ""),
        objectFields.containsKey(Field.DELETION),
        objectFields.containsKey(Field.SHOOT) ? shoot() : null);
  }

  private ShootFacts shoot() {
    ShootFacts.LastOperation lastOperation =
        objectFields.containsKey(Field.LAST_OPERATION)
            ? new ShootFacts.LastOperation(
                objectFields.get(Field.LAST_TYPE), objectFields.get(Field.LAST_STATE))
            : null;
    return new ShootFacts(
        objectFields.containsKey(Field.DELETION) || objectFields.containsKey(Field.SHOOT_DELETION),
        objectFields.get(Field.OPERATION),
        lastOperation,
        "true".equals(objectFields.get(Field.HIBERNATION_ENABLED)),
        "true".equals(objectFields.get(Field.HIBERNATED)),
        objectFields.get(Field.PURPOSE));
  }

  private ApiStatus status() {
    String code = objectFields.getOrDefault(Field.STATUS_CODE, "");
    return new ApiStatus(
        code.matches("[0-9]{3}") ? Integer.parseInt(code) : 0,
        objectFields.getOrDefault(Field.STATUS_MESSAGE, ""),
        ApiStatus.retryAfter(objectFields.get(Field.RETRY_AFTER)));
  }
}
