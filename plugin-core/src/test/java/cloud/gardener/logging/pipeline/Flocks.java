package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.migration.Flock;

/** Locks without flock(2), which needs the shim: the end-to-end tests have the real one. */
public final class Flocks {
  /** Nobody else holds a lock. */
  public static final Flock FREE = file -> () -> {};

  private Flocks() {}
}
