package cloud.gardener.logging.config.keys;

import cloud.gardener.logging.config.value.ShootState;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Settings of where records are sent in each state of a shoot: two for each state. */
final class StateKeys {
  /** Whether a shoot's records go to its own target. */
  static final Map<ShootState, Key<Boolean>> TO_SHOOT =
      keys(
          "SendLogsToShootWhenIsIn",
          "SendLogsToMainClusterWhenIsIn",
          "Records of a shoot in this state go to its own target.",
          ShootState::toShootByDefault);

  /** Whether a shoot's records go to the seed's target. */
  static final Map<ShootState, Key<Boolean>> TO_SEED =
      keys(
          "SendLogsToSeedWhenShootIsIn",
          "SendLogsToDefaultClientWhenClusterIsIn",
          "Records of a shoot in this state go to the seed's target.",
          ShootState::toSeedByDefault);

  static final List<KeyGroup> GROUPS =
      List.of(
          new KeyGroup("States: to the shoot", List.copyOf(TO_SHOOT.values())),
          new KeyGroup("States: to the seed", List.copyOf(TO_SEED.values())));

  private StateKeys() {}

  private static Map<ShootState, Key<Boolean>> keys(
      String prefix, String aliasPrefix, String meaning, Predicate<ShootState> byDefault) {
    Map<ShootState, Key<Boolean>> keys = new EnumMap<>(ShootState.class);
    for (ShootState state : ShootState.values()) {
      String word = state.name().charAt(0) + state.name().substring(1).toLowerCase(Locale.ROOT);
      String suffix = word + "State";
      String defaultText = Boolean.toString(byDefault.test(state));
      keys.put(
          state,
          Key.of(prefix + suffix, ValueTypes.BOOLEAN, defaultText, meaning)
              .withAlias(aliasPrefix + suffix));
    }
    return Collections.unmodifiableMap(keys);
  }
}
