package cloud.gardener.logging.config.value;

/**
 * The endpoints of shoots: a text around the namespace. Immutable.
 *
 * @param prefix before the namespace
 * @param suffix after the namespace
 */
public record EndpointTemplate(String prefix, String suffix) {
  /**
   * Returns the endpoint for requests of the shoot of a namespace.
   *
   * @param type type of shoots' targets; without a backend, any text is accepted
   * @throws IllegalArgumentException if prefix, namespace and suffix do not form an endpoint
   */
  public Address resolve(TargetType type, String namespace) {
    String text = prefix + namespace + suffix;
    return type.isRemote() ? Address.of(text) : Address.ofAny(text);
  }

  /** Omits credentials and the query. */
  @Override
  public String toString() {
    return Addresses.redact(prefix + "{namespace}" + suffix);
  }
}
