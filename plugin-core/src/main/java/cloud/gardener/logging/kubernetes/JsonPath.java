package cloud.gardener.logging.kubernetes;

import java.util.HashMap;
import java.util.Map;

/**
 * A relevant node in a JSON document, with the nodes below it: a tree of what is kept of the API server's documents.
 * The rest of a document is skipped.
 */
final class JsonPath {
  /** The fields that are kept. */
  enum Field {
    EVENT_TYPE,
    CONTINUE,
    LIST_VERSION,
    NAME,
    NAMESPACE,
    VERSION,
    DELETION,
    STATUS_CODE,
    STATUS_MESSAGE,
    RETRY_AFTER,
    /** Only its presence counts. */
    SHOOT,
    SHOOT_DELETION,
    OPERATION,
    PURPOSE,
    HIBERNATION_ENABLED,
    HIBERNATED,
    /** Only its presence counts. */
    LAST_OPERATION,
    LAST_TYPE,
    LAST_STATE
  }

  /** An object, or a Status. */
  static final JsonPath OBJECT =
      new JsonPath()
          .keep(Field.NAME, "metadata", "name")
          .keep(Field.NAMESPACE, "metadata", "namespace")
          .keep(Field.VERSION, "metadata", "resourceVersion")
          .keep(Field.DELETION, "metadata", "deletionTimestamp")
          .keep(Field.STATUS_CODE, "code")
          .keep(Field.STATUS_MESSAGE, "message")
          .keep(Field.RETRY_AFTER, "details", "retryAfterSeconds")
          .keep(Field.SHOOT, "spec", "shoot")
          .keep(Field.SHOOT_DELETION, "spec", "shoot", "metadata", "deletionTimestamp")
          .keep(
              Field.OPERATION,
              "spec", "shoot", "metadata", "annotations", "gardener.cloud/operation")
          .keep(Field.PURPOSE, "spec", "shoot", "spec", "purpose")
          .keep(Field.HIBERNATION_ENABLED, "spec", "shoot", "spec", "hibernation", "enabled")
          .keep(Field.HIBERNATED, "spec", "shoot", "status", "hibernated")
          .keep(Field.LAST_OPERATION, "spec", "shoot", "status", "lastOperation")
          .keep(Field.LAST_TYPE, "spec", "shoot", "status", "lastOperation", "type")
          .keep(Field.LAST_STATE, "spec", "shoot", "status", "lastOperation", "state");

  /** A page of a list. */
  static final JsonPath LIST =
      new JsonPath()
          .keep(Field.CONTINUE, "metadata", "continue")
          .keep(Field.LIST_VERSION, "metadata", "resourceVersion")
          .put("items", new JsonPath().put("", OBJECT));

  /** An event of a watch. */
  static final JsonPath EVENT = new JsonPath().keep(Field.EVENT_TYPE, "type").put("object", OBJECT);

  private final Map<String, JsonPath> children = new HashMap<>();
  private Field field;

  private JsonPath() {}

  private JsonPath keep(Field field, String... path) {
    JsonPath node = this;
    for (String property : path) {
      node = node.children.computeIfAbsent(property, name -> new JsonPath());
    }
    node.field = field;
    return this;
  }

  private JsonPath put(String property, JsonPath node) {
    children.put(property, node);
    return this;
  }

  /** Returns the node of a property, or null if it is not relevant. */
  JsonPath property(String name) {
    return children.get(name);
  }

  /** Returns the node of an array's elements, or null. */
  JsonPath element() {
    return children.get("");
  }

  /** The field that is kept from this node, or null. */
  Field field() {
    return field;
  }

  /** Whether the node is kept if it is a string, a number or a boolean. */
  boolean keepsValue() {
    return field != null && field != Field.SHOOT && field != Field.LAST_OPERATION;
  }
}
