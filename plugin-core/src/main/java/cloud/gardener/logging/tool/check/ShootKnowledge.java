package cloud.gardener.logging.tool.check;

import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.route.Shoot;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A possible answer of the API server about a namespace.
 *
 * @param word as on the command line
 * @param shoot the shoot; empty if there is none, or none is known
 */
record ShootKnowledge(String word, Optional<Shoot> shoot) {
  /** The API server answered that there is no shoot. */
  static final ShootKnowledge NONE = new ShootKnowledge("none", Optional.empty());

  private static final ShootKnowledge TESTING =
      new ShootKnowledge("testing", Optional.of(Shoot.of(ShootState.READY, true)));

  private static final ShootKnowledge UNKNOWN = new ShootKnowledge("unknown", Optional.empty());

  /** All: each state, then purpose testing, no shoot, and a namespace that nobody has asked for yet. */
  static List<ShootKnowledge> all() {
    return Stream.concat(
            Arrays.stream(ShootState.values()).map(ShootKnowledge::of), Stream.of(TESTING, NONE, UNKNOWN))
        .toList();
  }

  private static ShootKnowledge of(ShootState state) {
    return new ShootKnowledge(state.name().toLowerCase(Locale.ROOT), Optional.of(Shoot.of(state, false)));
  }
}
