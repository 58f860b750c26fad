package cloud.gardener.logging.seed;

/** Where the records of a namespace go. */
enum To {
  SHOOT,
  SEED,
  BOTH,
  NOWHERE;

  boolean shoot() {
    return this == SHOOT || this == BOTH;
  }

  boolean seed() {
    return this == SEED || this == BOTH;
  }

  /** How often a record is counted: one that goes nowhere is as well. */
  int targets() {
    return this == BOTH ? 2 : 1;
  }
}
