package cloud.gardener.logging.config.value;

/**
 * The state of a shoot cluster, as relevant for routing. Each has two keys, {@code SendLogsToShootWhenIsIn...State} and
 * {@code SendLogsToSeedWhenShootIsIn...State}, with the name of the state.
 */
public enum ShootState {
  CREATION(true, true),
  READY(true, false),
  HIBERNATING(false, false),
  HIBERNATED(false, false),
  WAKING(true, false),
  DELETION(true, true),

  /** The Cluster is gone, and the target is still served. */
  DELETED(true, true),
  RESTORE(true, true),
  MIGRATION(true, true);

  private final boolean toShoot;
  private final boolean toSeed;

  ShootState(boolean toShoot, boolean toSeed) {
    this.toShoot = toShoot;
    this.toSeed = toSeed;
  }

  /** Whether the shoot's own target gets the records if no key says otherwise. */
  public boolean toShootByDefault() {
    return toShoot;
  }

  /** Whether the seed's target gets the records if no key says otherwise. */
  public boolean toSeedByDefault() {
    return toSeed;
  }
}
