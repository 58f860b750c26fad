package cloud.gardener.logging.kubernetes;

/**
 * Why objects cannot be listed or watched.
 *
 * @param kind what sort of reason
 * @param text for a log line
 */
record Problem(Kind kind, String text) {
  /** Sorts of reasons. */
  enum Kind {
    /** There is no answer. */
    UNREACHABLE,

    /** TLS with the API server fails. */
    TLS,

    /** The API server does not say who we are, or does not let us. */
    DENIED,

    /** The API server does not serve such objects. */
    NOT_SERVED,

    /** It answers with something else. */
    FAILED
  }

  /** Of an answer other than 200. */
  static Problem ofStatus(Resource resource, ApiStatus status) {
    String said = status.message().isEmpty() ? "" : ": " + status.message();
    return switch (status.code()) {
      case 401, 403 -> new Problem(Kind.DENIED, "it is not allowed" + said);
      case 404 ->
          new Problem(
              Kind.NOT_SERVED,
              "the API server does not serve " + resource.path()
                  + "; the CustomResourceDefinition is not there, or not established");
      default ->
          new Problem(Kind.FAILED, "the API server answers with status " + status.code() + said);
    };
  }

  static Problem unreachable(String text) {
    return new Problem(Kind.UNREACHABLE, text);
  }

  static Problem failed(String text) {
    return new Problem(Kind.FAILED, text);
  }
}
