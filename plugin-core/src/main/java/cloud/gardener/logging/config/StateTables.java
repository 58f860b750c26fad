package cloud.gardener.logging.config;

import cloud.gardener.logging.config.value.ShootState;
import java.util.Set;

/**
 * The states of a shoot in which its records are sent, for each kind of target.
 *
 * @param toShoot states that send to the shoot's own target
 * @param toSeed states that send to the seed's target
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
