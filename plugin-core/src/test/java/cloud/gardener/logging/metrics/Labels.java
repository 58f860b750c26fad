package cloud.gardener.logging.metrics;

/** Targets for tests. */
final class Labels {
  private Labels() {}

  static TargetLabels seed(String endpoint) {
    return new TargetLabels(TargetLabels.Type.SEED, TargetLabels.GARDEN, endpoint, "dynamic/seed");
  }

  static TargetLabels shoot(String namespace, String endpoint) {
    return new TargetLabels(TargetLabels.Type.SHOOT, namespace, endpoint, "dynamic/" + namespace);
  }
}
