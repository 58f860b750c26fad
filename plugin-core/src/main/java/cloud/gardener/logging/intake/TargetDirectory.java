package cloud.gardener.logging.intake;

/** The targets that a flush may use. Thread-safe; takes no lock. */
public interface TargetDirectory {
  /** The target of a namespace that a route names; null when there is none. */
  Target find(String namespace);

  /** The number of targets, including the seed's. */
  int size();
}
