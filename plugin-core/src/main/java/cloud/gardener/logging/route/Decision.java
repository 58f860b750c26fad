package cloud.gardener.logging.route;

/** Where a record goes, or why it goes nowhere. */
public enum Decision {
  /** To the seed's target only. */
  SEED(true, false, "to the seed"),

  /** To the shoot's target only. */
  SHOOT(false, true, "to the shoot"),

  /** To both. */
  BOTH(true, true, "to the shoot and the seed"),

  /** Nowhere: in the shoot's state neither of the two tables wants it. */
  MUTED(false, false, "nowhere (muted)"),

  /** Nowhere: the shoot's purpose is testing. */
  TESTING(false, false, "nowhere (testing)"),

  /** Nowhere: the namespace is a shoot's by its name, and the API server knows no such shoot. */
  NO_CLIENT(false, false, "nowhere (no_client)"),

  /** Nowhere: the record has no Kubernetes metadata, and such records are unwanted. */
  NO_METADATA(false, false, "nowhere (no_metadata)");

  private final boolean toSeed;
  private final boolean toShoot;
  private final String words;

  Decision(boolean toSeed, boolean toShoot, String words) {
    this.toSeed = toSeed;
    this.toShoot = toShoot;
    this.words = words;
  }

  /** Of the tables' two answers. */
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

  /** Whether the record is dropped, and to be counted under this decision as the reason. */
  public boolean isDrop() {
    return !toSeed && !toShoot;
  }

  /** For a log line. */
  String words() {
    return words;
  }
}
