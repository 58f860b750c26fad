package cloud.gardener.logging.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/configuration.md says what the code does. Its tables are written by this test with {@code -Dupdate.docs=true};
 * everything else in it is written by hand.
 */
class ConfigurationDocTest {
  private static final Path DOC =
      Path.of(System.getProperty("basedir", ".")).resolve("../docs/configuration.md");
  private static final String BEGIN = "<!-- settings: begin -->\n";
  private static final String END = "<!-- settings: end -->\n";

  @Test
  void shouldDocumentEverySettingAsItIs() throws IOException {
    String text = Files.readString(DOC);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    String expected = tables();
    if (Boolean.getBoolean("update.docs")) {
      Files.writeString(DOC, text.substring(0, begin) + expected + text.substring(end));
      return;
    }
    assertEquals(
        expected,
        text.substring(begin, end),
        "docs/configuration.md differs from the code; to write its tables anew:"
            + " mvn -pl plugin-core test -Dtest=ConfigurationDocTest -Dupdate.docs=true");
  }

  private static String tables() {
    return ConfigKeys.GROUPS.stream()
        .map(ConfigurationDocTest::table)
        .collect(Collectors.joining("", "\n", ""));
  }

  private static String table(KeyGroup group) {
    return "### " + group.title() + "\n\n"
        + "| Name | snake_case | Type | Default | Meaning |\n"
        + "|---|---|---|---|---|\n"
        + group.keys().stream().map(ConfigurationDocTest::row).collect(Collectors.joining())
        + "\n";
  }

  private static <T> String row(Key<T> key) {
    boolean later = key.withoutEffect().test(key.defaultValue());
    String aliases =
        key.aliases().stream()
            .map(alias -> "<br>or `" + alias + "`")
            .collect(Collectors.joining());
    String defaultText = key.defaultText().isEmpty() ? "" : "`" + key.defaultText() + "`";
    String meaning = (later ? "*No effect yet.* " : "") + key.meaning();
    return "| `" + key.name() + "`" + aliases
        + " | `" + key.snakeName() + "`"
        + " | " + key.type().name()
        + " | " + defaultText.replace("|", "\\|")
        + " | " + meaning.replace("|", "\\|")
        + " |\n";
  }
}
