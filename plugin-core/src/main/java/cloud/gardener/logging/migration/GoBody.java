package cloud.gardener.logging.migration;

/**
 * Recognizes a body that holds no message: of a record without {@code log} and {@code message}, the plugin in Go
 * prints all keys and values, as in {@code map[level:WARN msg:text]}. The attributes hold the same, so the record is
 * mapped without that body. When in doubt, the body is kept.
 */
final class GoBody {
  private GoBody() {}

  static boolean isPrintedRecord(GoItem item) {
    String body = item.body();
    if (!body.startsWith("map[") || !body.endsWith("]") || contains(body, "log:") || contains(body, "message:")) {
      return false;
    }
    boolean hasAttributes = false;
    for (GoItem.Attribute attribute : item.attributes()) {
      if (GoEvent.isKubernetesKey(attribute.key())) {
        hasAttributes = true;
        if (!contains(body, "kubernetes:map[")) {
          return false;
        }
      } else if (!attribute.key().equals("origin")) { // Its value may be the key Origin's.
        hasAttributes = true;
        if (!contains(body, attribute.key() + ":" + printed(attribute.value()))) {
          return false;
        }
      }
    }
    return hasAttributes;
  }

  /** The beginning of a value as it is printed; empty where the attribute holds only its kind. */
  private static String printed(Object value) {
    boolean isWhole = value instanceof Long || value instanceof String text && !text.startsWith("<");
    return isWhole ? value.toString() : "";
  }

  private static boolean contains(String body, String pair) {
    return body.startsWith("map[" + pair) || body.contains(" " + pair);
  }
}
