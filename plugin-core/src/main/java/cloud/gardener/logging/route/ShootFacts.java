package cloud.gardener.logging.route;

import cloud.gardener.logging.config.value.ShootState;

/**
 * The fields of a shoot that determine its state and purpose, as the API server returns them.
 *
 * @param deleting whether it, or its Cluster, has a deletionTimestamp
 * @param operation the annotation {@code gardener.cloud/operation}, or null
 * @param lastOperation {@code status.lastOperation}, or null
 * @param hibernationEnabled {@code spec.hibernation.enabled}
 * @param hibernated {@code status.hibernated}
 * @param purpose {@code spec.purpose}, or null
 */
public record ShootFacts(
    boolean deleting,
    String operation,
    LastOperation lastOperation,
    boolean hibernationEnabled,
    boolean hibernated,
    String purpose) {

  /**
   * The last operation on the shoot.
   *
   * @param type such as Create, Reconcile, Migrate, Restore or Delete, or null
   * @param state such as Processing, Succeeded or Failed, or null
   */
  public record LastOperation(String type, String state) {
    private boolean isUnfinished(String wanted) {
      return wanted.equals(type) && !"Succeeded".equals(state);
    }
  }

  /** Returns the state; if several apply, the first in this order. */
  public ShootState state() {
    if (deleting) {
      return ShootState.DELETION;
    }
    if ("migrate".equals(operation) || isUnfinished("Migrate")) {
      return ShootState.MIGRATION;
    }
    if ("restore".equals(operation) || isUnfinished("Restore")) {
      return ShootState.RESTORE;
    }
    if (lastOperation == null || isUnfinished("Create")) {
      return ShootState.CREATION;
    }
    if (hibernationEnabled) {
      return hibernated ? ShootState.HIBERNATED : ShootState.HIBERNATING;
    }
    return hibernated ? ShootState.WAKING : ShootState.READY;
  }

  /** Whether the shoot's purpose is testing, so that its logs are dropped. */
  public boolean isTesting() {
    return "testing".equals(purpose);
  }

  private boolean isUnfinished(String type) {
    return lastOperation != null && lastOperation.isUnfinished(type);
  }
}
