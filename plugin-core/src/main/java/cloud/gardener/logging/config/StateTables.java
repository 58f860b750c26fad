package cloud.gardener.logging.config;

import cloud.gardener.logging.config.value.ShootState;
import java.util.Set;

/**
 * In which states a shoot's records are sent where.
 *
 * @param toShoot to the shoot's own target
 * @param toSeed to the seed's target
 */
public record StateTables(
    Set<ShootState> toShoot,
    Set<ShootState> toSeed) {

  /** Copies the sets. */
  public StateTables {
    toShoot = Set.copyOf(toShoot);
    toSeed = Set.copyOf(toSeed);
  }
}
