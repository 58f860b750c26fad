package cloud.gardener.logging.config.keys;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The schema of the chart's values has every key of the plugin with its type, and every word of a choice.
 *
 * <p>{@code -Dupdate.docs=true} writes this part of the schema, which is its end. The words are those that the
 * plugin's error message names.
 */
class ChartSchemaTest {
  private static final Path SCHEMA = Path.of("../charts/fluent-bit-output-plugin/values.schema.json");
  private static final String BEGIN = "    \"flag\": ";

  private static final Pattern WORD = Pattern.compile("[^\\s,()]+");
  private static final Set<String> NO_WORDS = Set.of("or", "also");

  /** In YAML without quotes, these are a boolean or a number. */
  private static final Pattern LITERAL = Pattern.compile("true|false|[0-9]+");

  @Test
  void shouldHaveEveryKeyAndEveryWord() throws IOException {
    String schema = Files.readString(SCHEMA);
    int begin = schema.indexOf(BEGIN);
    String expected = schema.substring(0, begin) + settings();
    if (Boolean.getBoolean("update.docs")) {
      Files.writeString(SCHEMA, expected);
      return;
    }
    assertEquals(
        expected,
        schema,
        "values.schema.json differs from the code; to write it anew: mvn -pl plugin-core test"
            + " -Dtest=ChartSchemaTest -Dupdate.docs=true");
  }

  private static String settings() {
    return ConfigKeys.all()
        .flatMap(key -> names(key).map(name -> "        \"" + name + "\": " + definition(key.type())))
        .collect(
            Collectors.joining(
                ",\n",
                BEGIN + oneOf(ValueTypes.BOOLEAN)
                    + ",\n    \"settings\": {\n      \"type\": \"object\",\n"
                    + "      \"additionalProperties\": false,\n      \"properties\": {\n",
                "\n      }\n    }\n  }\n}\n"));
  }

  private static Stream<String> names(Key<?> key) {
    return Stream.concat(Stream.of(key.name()), key.aliases().stream());
  }

  private static String definition(ValueType<?> type) {
    return switch (type.name()) {
      case "choice" -> oneOf(type);
      case "boolean" -> reference("flag");
      case "JSON", "headers", "selector" -> reference("map");
      case "integer", "duration", "size" -> reference(type.name());
      default -> reference("text");
    };
  }

  /** One of the words, or a variable of the environment. */
  private static String oneOf(ValueType<?> type) {
    List<String> values = new ArrayList<>();
    for (String word : words(type)) {
      assertDoesNotThrow(() -> type.reader().read(word), word);
      values.add('"' + word + '"');
      if (LITERAL.matcher(word).matches()) {
        values.add(word);
      }
    }
    return "{ \"anyOf\": [{ \"enum\": [" + String.join(", ", values) + "] }, " + reference("variable") + "] }";
  }

  /** The words of a text such as "error, warn (or warning), info". */
  private static List<String> words(ValueType<?> type) {
    return WORD.matcher(type.accepted()).results()
        .map(MatchResult::group)
        .filter(word -> !NO_WORDS.contains(word))
        .toList();
  }

  private static String reference(String definition) {
    return "{ \"$ref\": \"#/$defs/" + definition + "\" }";
  }
}
