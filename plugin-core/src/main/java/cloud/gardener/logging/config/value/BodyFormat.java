package cloud.gardener.logging.config.value;

/** How a record's message that is a map is written. */
public enum BodyFormat {
  /** The body is the map as JSON text. */
  JSON,

  /** The body is the map's own message, and the rest of the map is an attribute. */
  MESSAGE,

  /** The body is the map. */
  STRUCTURED
}
