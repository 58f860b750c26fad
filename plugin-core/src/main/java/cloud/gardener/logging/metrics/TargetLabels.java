package cloud.gardener.logging.metrics;

/**
 * A target's identity in metrics.
 *
 * @param type seed or shoot
 * @param source the shoot's namespace, or {@link #GARDEN} for the seed's target
 * @param endpoint the backend's endpoint, without credentials
 * @param queueName its queue's name, unique in the process: the output's name, a slash, the target's name
 */
public record TargetLabels(Type type, String source, String endpoint, String queueName) {
  /** The source of the seed's target. */
  public static final String GARDEN = "garden";

  /** The owner of a target's backend. */
  public enum Type {
    SEED,

    SHOOT
  }

  /** The name of the target's output: its DQueName. */
  String output() {
    return queueName.substring(0, Math.max(0, queueName.lastIndexOf('/')));
  }

  /** The endpoint's host, without scheme, port and path. */
  String serverAddress() {
    return serverAddress(endpoint);
  }

  /** The host of {@code host:port} or of a URL. */
  static String serverAddress(String endpoint) {
    String authority = endpoint.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*:///?", "").replaceFirst("[/?].*$", "");
    String host = authority.substring(authority.lastIndexOf('@') + 1).replaceFirst(":[0-9]*$", "");
    return host.replaceAll("[\\[\\]]", "");
  }
}
