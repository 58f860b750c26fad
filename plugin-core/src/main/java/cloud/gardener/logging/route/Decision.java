package cloud.gardener.logging.route;

/** Where a record goes, or why it is dropped. */
public enum Decision {
  /** To the seed's target only. */
  SEED(true, false, "to the seed"),

  /** To the shoot's target only. */
  SHOOT(false, true, "to the shoot"),

  /** To both. */
  BOTH(true, true, "to the shoot and the seed"),

  /** Dropped: neither of the two state tables sends records of a shoot in this state. */
  MUTED("muted"),

  /** Dropped: the shoot's purpose is testing. */
  TESTING("testing"),

  /** Dropped: the namespace is a shoot's judging by its name, but the API server has no such shoot. */
  NO_CLIENT("no_client"),

  /** Dropped: the record has no Kubernetes metadata, and such records are configured to be dropped. */
  NO_METADATA("no_metadata");

  private final boolean toSeed;
  private final boolean toShoot;
  private final String description;

  Decision(boolean toSeed, boolean toShoot, String description) {
    this.toSeed = toSeed;
    this.toShoot = toShoot;
    this.description = description;
  }

  /** A drop, which {@code intake.DropCounter} counts under this reason. */
  Decision(String reason) {
    this(false, false, "nowhere (" + reason + ")");
  }

  /** Combines the results of the two state tables. */
  static Decision of(boolean toShoot, boolean toSeed) {
    if (toShoot) {
      return toSeed ? BOTH : SHOOT;
    }
    return toSeed ? SEED : MUTED;
  }

  /** Whether the seed's target gets the record. */
  public boolean toSeed() {
    return toSeed;
  }

  /** Whether the shoot's target gets the record. */
  public boolean toShoot() {
    return toShoot;
  }

  /** Whether the record is dropped; the decision is then the reason that is counted. */
  public boolean isDrop() {
    return !toSeed && !toShoot;
  }

  /** For a log line: such as "to the shoot", or "nowhere (testing)" with the reason that is counted. */
  String description() {
    return description;
  }
}
