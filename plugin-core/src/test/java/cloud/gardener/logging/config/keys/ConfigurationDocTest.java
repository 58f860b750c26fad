package cloud.gardener.logging.config.keys;

import cloud.gardener.logging.DocTables;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/configuration.md says what the code does. */
class ConfigurationDocTest {
  private static final DocTables DOC = new DocTables("configuration.md", "settings");

  @Test
  void shouldDocumentEverySettingAsItIs() throws IOException {
    DOC.check(tables(), ConfigurationDocTest.class);
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
    String aliases =
        key.aliases().stream()
            .map(alias -> "<br>or `" + alias + "`")
            .collect(Collectors.joining());
    String defaultText = key.defaultText().isEmpty() ? "" : "`" + key.defaultText() + "`";
    String meaning = key.meaning();
    return "| `" + key.name() + "`" + aliases
        + " | `" + key.snakeName() + "`"
        + " | " + key.type().name()
        + " | " + defaultText.replace("|", "\\|")
        + " | " + meaning.replace("|", "\\|")
        + " |\n";
  }
}
