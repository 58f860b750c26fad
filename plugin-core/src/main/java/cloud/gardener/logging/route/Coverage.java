package cloud.gardener.logging.route;

/** How complete a table's knowledge of the shoots is. */
public enum Coverage {
  /** The shoots have not been listed yet. */
  NOTHING,

  /** The shoots have been listed, but later changes may be missing. */
  LISTED,

  /** The shoots have been listed, and every later change has been reported. */
  CURRENT;

  /** Returns the lesser of two. */
  public Coverage min(Coverage other) {
    return compareTo(other) < 0 ? this : other;
  }
}
