package cloud.gardener.logging.route;

/** How much of the shoots a table knows. */
public enum Coverage {
  /** The shoots have not been listed yet. */
  NOTHING,

  /** The shoots have been listed; whether some have come or gone since is not certain. */
  LISTED,

  /** The shoots have been listed, and every change since has been told. */
  CURRENT;

  /** The lesser of two. */
  public Coverage and(Coverage other) {
    return compareTo(other) < 0 ? this : other;
  }
}
