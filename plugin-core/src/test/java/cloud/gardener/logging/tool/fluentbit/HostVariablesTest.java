package cloud.gardener.logging.tool.fluentbit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostVariablesTest {
  private final HostVariables variables = new HostVariables(Map.of("A", "1", "B", "2", "EMPTY", "")::get);

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "${A}, 1",
    "x${A}y${B}z, x1y2z",
    "${A}${B}, 12",
    "${MISSING}, ''",
    "x${MISSING}y, xy",
    "${MISSING:-word}, word",
    "${EMPTY:-word}, word",
    "${A:-word}, 1",
    "${MISSING:-}, ''",
    "${A:x}, ''",
    "${}, ${}",
    "${A, ${A",
    "$A, $A",
    "'{\"k\": \"v\"}', '{\"k\": \"v\"}'",
    "} ${A}, } ${A}"
  })
  void shouldReplaceThemAsFluentBitDoes(String text, String expected) {
    assertEquals(expected, variables.expand(text));
  }

  @Test
  void shouldPreferWhatTheConfigurationSets() throws Exception {
    variables.define("A", "own", new Place("file", 1));
    assertEquals("own", variables.expand("${A}"));
  }

  @Test
  void shouldNameThoseWithoutAValue() {
    variables.expand("${A} ${MISSING} ${EMPTY} ${OTHER:-x}");
    assertEquals(Set.of("EMPTY", "MISSING"), variables.takeMissing());
    assertEquals(Set.of(), variables.takeMissing());
  }
}
