package cloud.gardener.logging.route;

/**
 * The decision for the records of one namespace. A table returns the same object each time for a known shoot, so that
 * its routes may be compared by identity.
 *
 * @param decision where the records go
 * @param namespace the shoot's namespace as the API server knows it; empty if there is none, whatever the record says,
 *     because it may become a folder or a host
 * @param reason the reason, for a log line
 * @param claimedNamespace for {@link Decision#NO_CLIENT} the namespace that the record names, a DNS label, to count by; else empty
 */
public record Route(Decision decision, String namespace, String reason, String claimedNamespace) {
  static final Route NO_HOST = seed("the record has no namespace at DynamicHostPath");
  static final Route NO_PATH = seed("DynamicHostPath is not set");
  static final Route NO_LABEL = seed("the text at DynamicHostPath is not a valid namespace");
  static final Route NO_MATCH = seed("DynamicHostRegex does not match it");
  static final Route NOT_KNOWN_YET =
      seed("it has no known shoot, and the API server has not confirmed that");
  static final Route NO_CLIENT = drop(Decision.NO_CLIENT, "it has no known shoot");
  static final Route NO_METADATA =
      drop(Decision.NO_METADATA, "neither the record nor its tag has Kubernetes metadata");

  Route(Decision decision, String namespace, String reason) {
    this(decision, namespace, reason, "");
  }

  /** This route for the records that name {@code claimed}. */
  Route withClaimedNamespace(String claimed) {
    return new Route(decision, namespace, reason, claimed);
  }

  /** Whether the namespace may belong to a shoot that is not known yet. */
  public boolean isUndecided() {
    return this == NOT_KNOWN_YET;
  }

  /** Whether the API server is asked about the namespace with each chunk: it may have a shoot that is not known. */
  boolean isQueried() {
    return isUndecided() || decision == Decision.NO_CLIENT;
  }

  /** Where the records go and why, as the end of a sentence. */
  public String explanation() {
    return "goes " + decision.description() + ": " + reason;
  }

  private static Route seed(String reason) {
    return new Route(Decision.SEED, "", reason);
  }

  private static Route drop(Decision decision, String reason) {
    return new Route(decision, "", reason);
  }
}
