package cloud.gardener.logging.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.route.Decision;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A decision that drops records is the reason that is counted. */
class DropCounterTest {
  @ParameterizedTest
  @EnumSource(Decision.class)
  void shouldCountEachDropUnderTheNameOfItsDecision(Decision decision) {
    Optional<String> name =
        decision.isDrop()
            ? Optional.of(decision.name().toLowerCase(Locale.ROOT))
            : Optional.empty();

    assertEquals(name, DropCounter.reason(decision).map(DropReason::label));
  }
}
