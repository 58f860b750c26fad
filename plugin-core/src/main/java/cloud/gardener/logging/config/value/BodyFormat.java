package cloud.gardener.logging.config.value;

/** What becomes of a record's message that is a map. */
public enum BodyFormat {
  /** The body is the map as JSON text. */
  JSON,

  /** The body is the map's own message, and the rest of the map an attribute. */
  MESSAGE,

  /** The body is the map. */
  STRUCTURED
}
