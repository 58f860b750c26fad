package cloud.gardener.logging.route;

import cloud.gardener.logging.config.value.ShootState;
import java.time.Instant;

/**
 * The state that is kept of a shoot, derived from its Cluster or from the OpenTelemetryCollectors in its namespace.
 *
 * @param state its state; DELETED if its Cluster is gone
 * @param testing whether the shoot's purpose is testing
 * @param goneSince when its Cluster was first found missing, or null while it exists
 */
public record Shoot(ShootState state, boolean testing, Instant goneSince) {
  /** Returns a shoot that exists. */
  public static Shoot of(ShootState state, boolean testing) {
    return new Shoot(state, testing, null);
  }

  /** Returns this shoot in state DELETED, because its Cluster is gone. */
  public Shoot toGone(Instant since) {
    return new Shoot(ShootState.DELETED, testing, since);
  }

  /** Whether its Cluster is gone. */
  public boolean isGone() {
    return goneSince != null;
  }
}
