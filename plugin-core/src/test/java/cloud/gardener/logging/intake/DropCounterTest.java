package cloud.gardener.logging.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.route.Decision;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A decision that drops records is the reason that is counted; StateRoutingTest has muted and unknown ones. */
class DropCounterTest {
  @ParameterizedTest
  @EnumSource(Decision.class)
  void shouldCountEachDropUnderTheNameOfItsDecision(Decision decision) {
    Optional<String> name =
        decision.isDrop() && decision != Decision.MUTED && decision != Decision.NO_CLIENT
            ? Optional.of(decision.name().toLowerCase(Locale.ROOT))
            : Optional.empty();

    assertEquals(name, DropCounter.reason(decision).map(DropReason::label));
  }
}
