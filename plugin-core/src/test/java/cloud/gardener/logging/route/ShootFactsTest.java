package cloud.gardener.logging.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.route.ShootFacts.LastOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A shoot's state: each branch, and who goes before whom. */
class ShootFactsTest {
  @ParameterizedTest(name = "{0} {1} {2}/{3} {4} {5} is {6}")
  @CsvSource({
    // deleting, operation, last type, last state, enabled, hibernated, state
    "false,          , Create,    Succeeded,  false, false, READY",
    "false,          , Reconcile, Succeeded,  false, false, READY",
    "false,          , Reconcile, Failed,     false, false, READY",
    "false,          , Reconcile, Processing, false, false, READY",
    "false,          , Migrate,   Succeeded,  false, false, READY",
    "false,          , Restore,   Succeeded,  false, false, READY",
    "false,          , Delete,    Processing, false, false, READY",
    "false,          ,          , Processing, false, false, READY",
    "false, reconcile, Reconcile, Succeeded,  false, false, READY",
    "false,          ,          ,           , false, false, CREATION",
    "false,          , Create,    Processing, false, false, CREATION",
    "false,          , Create,    Error,      false, false, CREATION",
    "false,          , Create,              , false, false, CREATION",
    "false,          , Reconcile, Succeeded,  true,  false, HIBERNATING",
    "false,          , Reconcile, Succeeded,  true,  true,  HIBERNATED",
    "false,          , Reconcile, Succeeded,  false, true,  WAKING",
    "false, migrate,   Reconcile, Succeeded,  false, false, MIGRATION",
    "false,          , Migrate,   Processing, false, false, MIGRATION",
    "false,          , Migrate,   Error,      false, false, MIGRATION",
    "false, restore,   Migrate,   Succeeded,  false, false, RESTORE",
    "false,          , Restore,   Processing, false, false, RESTORE",
    "true,           , Reconcile, Succeeded,  false, false, DELETION",
    // Of several that hold, the first in the order of the contract.
    "true,  migrate,             ,           , true,  true,  DELETION",
    "true,  restore,   Create,    Processing, true,  false, DELETION",
    "true,           , Migrate,   Processing, false, true,  DELETION",
    "false, migrate,   Restore,   Processing, true,  true,  MIGRATION",
    "false, restore,   Migrate,   Processing, true,  true,  MIGRATION",
    "false, migrate,             ,           , true,  false, MIGRATION",
    "false, restore,             ,           , true,  true,  RESTORE",
    "false, restore,   Create,    Processing, false, true,  RESTORE",
    "false,          ,          ,           , true,  false, CREATION",
    "false,          , Create,    Processing, true,  true,  CREATION",
    "false,          , Create,    Failed,     false, true,  CREATION",
  })
  void shouldTakeTheFirstStateThatHolds(
      boolean deleting,
      String operation,
      String lastType,
      String lastState,
      boolean enabled,
      boolean hibernated,
      ShootState state) {
    LastOperation last =
        lastType == null && lastState == null ? null : new LastOperation(lastType, lastState);

    assertEquals(
        state, new ShootFacts(deleting, operation, last, enabled, hibernated, null).state());
  }

  @ParameterizedTest
  @CsvSource({"testing, true", "production, false", "evaluation, false", ", false"})
  void shouldKnowTestingByItsPurpose(String purpose, boolean testing) {
    assertEquals(testing, new ShootFacts(false, null, null, false, false, purpose).isTesting());
  }

  @Test
  void shouldNotLetThePurposeChangeTheState() {
    assertEquals(
        ShootState.DELETION, new ShootFacts(true, null, null, false, false, "testing").state());
  }
}
