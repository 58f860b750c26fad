package cloud.gardener.logging.metrics;

/**
 * A target's identity in metrics.
 *
 * @param type seed or shoot
 * @param source the shoot's namespace, or {@link #GARDEN} for the seed's target
 * @param endpoint the backend's endpoint, without credentials
 * @param serverAddress the backend's host
 * @param queueName its queue's name, unique in the process: the output's name, a slash, the target's name
 */
public record TargetLabels(
    Type type, String source, String endpoint, String serverAddress, String queueName) {
  /** The source of the seed's target. */
  public static final String GARDEN = "garden";

  /** The owner of a target's backend. */
  public enum Type {
    SEED,

    SHOOT
  }

  /** The name of the target's output: its DQueName. */
  public String output() {
    return queueName.substring(0, Math.max(0, queueName.lastIndexOf('/')));
  }
}
