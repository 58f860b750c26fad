package cloud.gardener.logging.metrics;

/** Targets for tests. */
public final class Labels {
  private Labels() {}

  public static TargetLabels seed(String endpoint) {
    return new TargetLabels(TargetLabels.Type.SEED, TargetLabels.GARDEN, endpoint, "dynamic/seed");
  }

  public static TargetLabels shoot(String namespace, String endpoint) {
    return new TargetLabels(TargetLabels.Type.SHOOT, namespace, endpoint, "dynamic/" + namespace);
  }
}
