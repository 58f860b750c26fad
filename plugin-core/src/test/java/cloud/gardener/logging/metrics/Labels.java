package cloud.gardener.logging.metrics;

/** Targets for tests. */
public final class Labels {
  private Labels() {}

  public static TargetLabels seed(String endpoint) {
    return new TargetLabels(TargetLabels.Type.SEED, TargetLabels.GARDEN, endpoint, host(endpoint), "dynamic/seed");
  }

  public static TargetLabels shoot(String namespace, String endpoint) {
    return new TargetLabels(TargetLabels.Type.SHOOT, namespace, endpoint, host(endpoint), "dynamic/" + namespace);
  }

  private static String host(String endpoint) {
    int colon = endpoint.lastIndexOf(':');
    return colon < 0 ? endpoint : endpoint.substring(0, colon);
  }
}
