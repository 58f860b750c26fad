package cloud.gardener.logging.kubernetes;

import java.util.HashMap;
import java.util.Map;

/**
 * A relevant place in a JSON document, with the places below it: a tree of what is kept of the API server's documents.
 * The rest of a document is skipped.
 */
final class Place {
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
  static final Place OBJECT =
      new Place()
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
  static final Place LIST =
      new Place()
          .keep(Field.CONTINUE, "metadata", "continue")
          .keep(Field.LIST_VERSION, "metadata", "resourceVersion")
          .put("items", new Place().put("", OBJECT));

  /** An event of a watch. */
  static final Place EVENT = new Place().keep(Field.EVENT_TYPE, "type").put("object", OBJECT);

  private final Map<String, Place> below = new HashMap<>();
  private Field field;

  private Place() {}

  private Place keep(Field kept, String... path) {
    Place place = this;
    for (String member : path) {
      place = place.below.computeIfAbsent(member, name -> new Place());
    }
    place.field = kept;
    return this;
  }

  private Place put(String member, Place place) {
    below.put(member, place);
    return this;
  }

  /** Returns the place of a member, or null if it is not relevant. */
  Place member(String name) {
    return below.get(name);
  }

  /** Returns the place of an array's elements, or null. */
  Place element() {
    return below.get("");
  }

  /** The field that is kept from this place, or null. */
  Field field() {
    return field;
  }

  /** Whether the place is kept if it is a string, a number or a boolean. */
  boolean isScalar() {
    return field != null && field != Field.SHOOT && field != Field.LAST_OPERATION;
  }
}
