package cloud.gardener.logging.route;

import cloud.gardener.logging.config.value.ShootState;
import java.time.Instant;

/**
 * All that is kept of a shoot: the essentials of its Cluster, or of the OpenTelemetryCollectors in its
 * namespace.
 *
 * @param state its state; DELETED when its Cluster is gone
 * @param testing whether it is a shoot of purpose testing
 * @param goneSince when its Cluster was first missed, or null while it exists
 */
public record Shoot(ShootState state, boolean testing, Instant goneSince) {
  /** One that exists. */
  public static Shoot of(ShootState state, boolean testing) {
    return new Shoot(state, testing, null);
  }

  /** This one, whose Cluster is gone. */
  public Shoot gone(Instant since) {
    return new Shoot(ShootState.DELETED, testing, since);
  }

  /** Whether its Cluster is gone. */
  public boolean isGone() {
    return goneSince != null;
  }
}
