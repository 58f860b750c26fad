package cloud.gardener.logging.config.keys;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.config.value.TargetType;
import java.util.List;

/** Detects sections that drop records without an explicit request. */
final class DropCheck {
  private final PluginConfig config;
  private final boolean seedTypeIsSet;
  private final boolean hasSeedBackend;
  private final boolean hasShoots;

  DropCheck(PluginConfig config, Settings settings) {
    this.config = config;
    this.seedTypeIsSet = settings.isSet(BackendKeys.SEED_TYPE);
    this.hasSeedBackend = config.seedType() != TargetType.NOOP;
    this.hasShoots = !config.dynamicHost().path().isEmpty();
  }

  /** Returns one line, the most severe; none if every record has a target that sends it. */
  List<String> warnings() {
    boolean hasShootBackend = hasShoots && List.of(ShootState.values()).stream().anyMatch(this::isSent);
    if (!hasSeedBackend && !hasShootBackend) {
      return List.of(
          describeTypes() + ": every record of this output is dropped; set "
              + (hasShoots ? "SeedType and ShootType" : "SeedType") + " to otlp_grpc or otlp_http");
    }
    if (hasShoots && !isSent(ShootState.READY)) {
      String subject = hasShootBackend ? "records of shoots in state ready" : "all records of shoots";
      return List.of(
          subject + " are dropped, by ShootType " + config.shootType().settingValue() + " and the keys"
              + " SendLogsTo...State; set ShootType to otlp_grpc or otlp_http, or"
              + " SendLogsToSeedWhenShootIsInReadyState true");
    }
    if (!hasSeedBackend && !seedTypeIsSet) {
      return List.of(
          "SeedType is not set: records that belong to no shoot are dropped; set SeedType to"
              + " otlp_grpc or otlp_http, or to noop where that is meant");
    }
    if (!hasShoots && config.shootType() != TargetType.NOOP) {
      return List.of(
          "ShootType has no effect without DynamicHostPath: every record goes to the seed's target");
    }
    return List.of();
  }

  private String describeTypes() {
    String seed = seedTypeIsSet ? "SeedType is noop" : "SeedType is not set";
    if (!hasShoots) {
      return seed;
    }
    return config.shootType() == TargetType.NOOP
        ? seed + " and ShootType is noop"
        : seed + " and the keys SendLogsToShoot...State send no shoot's records";
  }

  /** Whether records of a shoot in this state reach a backend. */
  private boolean isSent(ShootState state) {
    boolean toShoot =
        config.shootType() != TargetType.NOOP && config.states().toShoot().contains(state);
    return toShoot || hasSeedBackend && config.states().toSeed().contains(state);
  }
}
