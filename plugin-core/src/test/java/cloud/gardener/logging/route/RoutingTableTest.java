package cloud.gardener.logging.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.value.ShootState;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The look-up from a namespace to its route. */
class RoutingTableTest {
  private static final String NAMESPACE = "shoot--project--cluster";

  private final PluginConfig config = RouteConfigs.shoots();

  @ParameterizedTest
  @CsvSource({
    "CREATION,    BOTH",
    "READY,       SHOOT",
    "HIBERNATING, MUTED",
    "HIBERNATED,  MUTED",
    "WAKING,      SHOOT",
    "DELETION,    BOTH",
    "DELETED,     BOTH",
    "RESTORE,     BOTH",
    "MIGRATION,   BOTH",
  })
  void shouldFollowTheTwoTablesByDefault(ShootState state, Decision decision) {
    Route route = table(Map.of(NAMESPACE, Shoot.of(state, false)), true).route(NAMESPACE);

    assertEquals(decision, route.decision());
    assertEquals(NAMESPACE, route.namespace());
  }

  @ParameterizedTest
  @CsvSource({
    "READY,       true,  true,  BOTH",
    "READY,       false, true,  SEED",
    "READY,       false, false, MUTED",
    "HIBERNATED,  true,  false, SHOOT",
    "DELETION,    false, true,  SEED",
    "MIGRATION,   true,  false, SHOOT",
  })
  void shouldFollowTheTwoTablesAsTheyAreSet(
      ShootState state, String toShoot, String toSeed, Decision decision) {
    String word = state.name().charAt(0) + state.name().substring(1).toLowerCase(Locale.ROOT);
    PluginConfig set =
        RouteConfigs.shoots(
            "SendLogsToShootWhenIsIn" + word + "State", toShoot,
            "SendLogsToSeedWhenShootIsIn" + word + "State", toSeed);
    Map<String, Shoot> shoots = Map.of(NAMESPACE, Shoot.of(state, false));

    RoutingTable table = new RoutingTable(set.dynamicHost(), set.states(), shoots, Coverage.CURRENT, namespace -> true);

    assertEquals(decision, table.route(NAMESPACE).decision());
  }

  @Test
  void shouldDropWhatShootsOfPurposeTestingWrite() {
    Route route = table(Map.of(NAMESPACE, Shoot.of(ShootState.READY, true)), true).route(NAMESPACE);

    assertEquals(Decision.TESTING, route.decision());
    assertTrue(route.decision().isDrop());
  }

  @Test
  void shouldDropWhatANamespaceWithoutShootWritesOnceAllAreKnown() {
    assertEquals(Route.NO_CLIENT.withClaimedNamespace(NAMESPACE), table(Map.of(), true).route(NAMESPACE));
    assertSame(Route.NOT_KNOWN_YET, table(Map.of(), false).route(NAMESPACE));
  }

  @Test
  void shouldKeepTheRoutesOfKnownShootsWhileNotAllAreKnown() {
    Map<String, Shoot> shoots = Map.of(NAMESPACE, Shoot.of(ShootState.READY, false));

    assertEquals(Decision.SHOOT, table(shoots, false).route(NAMESPACE).decision());
  }

  @Test
  void shouldTreatAGoneShootAsDeleted() {
    Instant since = Instant.EPOCH;
    Shoot gone = Shoot.of(ShootState.READY, false).toGone(since);
    RoutingTable table = table(Map.of(NAMESPACE, gone), true);

    assertEquals(Decision.BOTH, table.route(NAMESPACE).decision());
    assertEquals(since, table.shoots().get(NAMESPACE).goneSince());
    assertTrue(table.shoots().get(NAMESPACE).isGone());
  }

  @ParameterizedTest
  @ValueSource(strings = {"garden", "kube-system", "my-shoot-1", "extension-shoot-a"})
  void shouldSendToTheSeedWhatTheRegexIsNotFoundIn(String namespace) {
    Map<String, Shoot> shoots = Map.of(namespace, Shoot.of(ShootState.READY, false));
    RoutingTable table = table(shoots, true);

    assertSame(Route.NO_MATCH, table.route(namespace));
    assertEquals(Set.of(), table.shoots().keySet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shoot-/../../etc",
        "shoot-..",
        "shoot-a.evil.example.com",
        "shoot-A",
        "shoot-",
        "shoot-a b",
        "shoot-a\n",
        "shoot-ä",
        "shoot-1234567890123456789012345678901234567890123456789012345678",
      })
  void shouldMakeNoTargetOfANameThatIsNoDnsLabel(String namespace) {
    RoutingTable table = table(Map.of(namespace, Shoot.of(ShootState.READY, false)), true);

    assertSame(Route.NO_LABEL, table.route(namespace));
    assertEquals(Set.of(), table.shoots().keySet());
  }

  @Test
  void shouldAcceptTheLongestDnsLabel() {
    String longest = "shoot-" + "a".repeat(57);

    assertEquals(
        Decision.SHOOT,
        table(Map.of(longest, Shoot.of(ShootState.READY, false)), true).route(longest).decision());
  }

  @Test
  void shouldNameNoNamespaceThatTheApiServerDoesNotKnow() {
    assertEquals("", table(Map.of(), true).route(NAMESPACE).namespace());
    assertEquals("", table(Map.of(), false).route(NAMESPACE).namespace());
  }

  private RoutingTable table(Map<String, Shoot> shoots, boolean complete) {
    Coverage coverage = complete ? Coverage.CURRENT : Coverage.LISTED;
    return new RoutingTable(
        config.dynamicHost(), config.states(), shoots, coverage, namespace -> complete);
  }
}
