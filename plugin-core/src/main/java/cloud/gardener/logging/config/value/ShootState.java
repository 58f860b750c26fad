package cloud.gardener.logging.config.value;

/** The state of a shoot cluster, as relevant for routing. */
public enum ShootState {
  /** Keys {@code ...WhenIsInCreationState}. */
  CREATION,

  /** Keys {@code ...WhenIsInReadyState}. */
  READY,

  /** Keys {@code ...WhenIsInHibernatingState}. */
  HIBERNATING,

  /** Keys {@code ...WhenIsInHibernatedState}. */
  HIBERNATED,

  /** Keys {@code ...WhenIsInWakingState}. */
  WAKING,

  /** Keys {@code ...WhenIsInDeletionState}. */
  DELETION,

  /** Keys {@code ...WhenIsInDeletedState}. */
  DELETED,

  /** Keys {@code ...WhenIsInRestoreState}. */
  RESTORE,

  /** Keys {@code ...WhenIsInMigrationState}. */
  MIGRATION
}
