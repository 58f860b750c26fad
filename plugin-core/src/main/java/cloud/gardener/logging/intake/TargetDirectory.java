package cloud.gardener.logging.intake;

/** The targets that a flush may bring records to. Thread-safe; takes no lock. */
public interface TargetDirectory {
  /** The target of a namespace that a route names, or null when there is none. */
  Target find(String namespace);

  /** How many targets there are, the seed's included. */
  int size();
}
