package cloud.gardener.logging.route;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.DocTables;
import cloud.gardener.logging.config.value.ShootState;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/routing.md says what the code does. */
class RoutingDocTest {
  private final String text = new DocTables("routing.md", "routing").text();

  RoutingDocTest() throws IOException {}

  @Test
  void shouldNameEveryStateAndItsDefaults() {
    Map<String, String> written =
        Pattern.compile("(?m)^\\| ([a-z]+) \\| [^|]+ \\| (yes|no) \\| (yes|no) \\|$")
            .matcher(text)
            .results()
            .collect(toMap(row -> row.group(1), row -> row.group(2) + " " + row.group(3)));

    assertEquals(
        Arrays.stream(ShootState.values())
            .collect(
                toMap(
                    state -> word(state),
                    state -> yesOrNo(state.toShootByDefault()) + " " + yesOrNo(state.toSeedByDefault()))),
        written);
  }

  private static String yesOrNo(boolean sends) {
    return sends ? "yes" : "no";
  }

  @Test
  void shouldDrawEveryDrop() {
    TreeSet<String> drawn = new TreeSet<>();
    Pattern.compile("> dropped: ([a-z_]+)\n").matcher(text).results().forEach(drop -> drawn.add(drop.group(1)));
    TreeSet<String> drops = new TreeSet<>();
    for (Decision decision : Decision.values()) {
      if (decision.isDrop()) {
        drops.add(word(decision));
        assertEquals("nowhere (" + word(decision) + ")", decision.description());
      }
    }

    assertEquals(drops, drawn);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The routes of a shoot's state and purpose are made by RoutingTable, and are two rows more. */
  @Test
  void shouldExplainTheLogLineOfEveryRoute() throws IllegalAccessException {
    TreeSet<String> explained = new TreeSet<>();
    String lines = text.substring(text.indexOf("| the line says |"));
    Pattern.compile("(?m)^\\| `([^`]+)` \\|").matcher(lines).results().forEach(row -> explained.add(row.group(1)));
    List<String> whys = new ArrayList<>(List.of("its shoot's state is ...", "its shoot's purpose is testing"));
    for (Field field : Route.class.getDeclaredFields()) {
      if (field.getType() == Route.class) {
        whys.add(((Route) field.get(null)).reason());
      }
    }

    assertEquals(new TreeSet<>(whys), explained);
  }
}
