package cloud.gardener.logging.kubernetes;

/**
 * Why objects cannot be listed or watched.
 *
 * @param kind the kind of reason
 * @param text for a log line
 */
record WatchProblem(Kind kind, String text) {
  /** Kinds of reasons. */
  enum Kind {
    /** There is no response. */
    UNREACHABLE,

    /** TLS with the API server fails. */
    TLS,

    /** The API server does not authenticate the plugin, or does not authorize the request. */
    DENIED,

    /** The API server does not serve such objects. */
    NOT_SERVED,

    /** The API server responds with any other error. */
    FAILED
  }

  /** Returns the problem for a status other than 200. */
  static WatchProblem ofStatus(ResourceKind resource, ApiStatus status) {
    String said = status.message().isEmpty() ? "" : ": " + status.message();
    return switch (status.code()) {
      case 401, 403 -> new WatchProblem(Kind.DENIED, "it is not allowed" + said);
      case 404 ->
          new WatchProblem(
              Kind.NOT_SERVED,
              "the API server does not serve " + resource.path()
                  + "; the CustomResourceDefinition is not there, or not established");
      default ->
          new WatchProblem(Kind.FAILED, "the API server answers with status " + status.code() + said);
    };
  }

  static WatchProblem unreachable(String text) {
    return new WatchProblem(Kind.UNREACHABLE, text);
  }

  static WatchProblem failed(String text) {
    return new WatchProblem(Kind.FAILED, text);
  }
}
