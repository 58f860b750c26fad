package cloud.gardener.logging.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.JsonFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What becomes of each {@link GoldenCase}. {@code -Dupdate.golden=true} writes what comes out into the file. */
class GoldenTest {
  private static final Path FILE = Path.of("src/test/resources/golden/mapping.json");

  @TestFactory
  List<DynamicTest> shouldMapAsTheGoldenCasesSay() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    JsonNode cases = GoldenCase.file();
    if (Boolean.getBoolean("update.golden")) {
      update(cases);
    }
    for (JsonNode golden : cases) {
      tests.add(DynamicTest.dynamicTest(golden.get("case").asText(), () -> check(golden)));
    }
    assertFalse(tests.isEmpty());
    return tests;
  }

  /** Writes what comes out into the file, to be looked at case by case before it is committed. */
  private static void update(JsonNode cases) throws Exception {
    for (JsonNode golden : cases) {
      ((ObjectNode) golden).set("expected", actual(golden));
    }
    DefaultIndenter indenter = new DefaultIndenter(" ", "\n");
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(separators)
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter);
    Files.writeString(FILE, new ObjectMapper().writer(printer).writeValueAsString(cases) + "\n");
  }

  private static void check(JsonNode golden) throws Exception {
    ObjectWriter writer = new ObjectMapper().writerWithDefaultPrettyPrinter();
    assertEquals(
        writer.writeValueAsString(golden.get("expected")), writer.writeValueAsString(actual(golden)));
  }

  /** The resourceLogs that come out. */
  private static JsonNode actual(JsonNode golden) throws Exception {
    String json = JsonFormat.printer().print(new GoldenCase(golden).request());
    return idsAsHex(new ObjectMapper().readTree(json)).path("resourceLogs");
  }

  /** OTLP JSON writes ids in hex, where protobuf's own JSON has base64. */
  private static JsonNode idsAsHex(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (String id : List.of("traceId", "spanId")) {
        if (object.has(id)) {
          byte[] bytes = Base64.getDecoder().decode(object.get(id).asText());
          object.put(id, HexFormat.of().formatHex(bytes));
        }
      }
    }
    node.forEach(GoldenTest::idsAsHex);
    return node;
  }
}
