package cloud.gardener.logging.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.protobuf.util.JsonFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.node.ObjectNode;

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
      tests.add(DynamicTest.dynamicTest(golden.get("case").asString(), () -> check(golden)));
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
            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(separators)
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter);
    Files.writeString(FILE, new ObjectMapper().writer().with(printer).writeValueAsString(cases) + "\n");
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
          byte[] bytes = Base64.getDecoder().decode(object.get(id).asString());
          object.put(id, HexFormat.of().formatHex(bytes));
        }
      }
    }
    node.forEach(GoldenTest::idsAsHex);
    return node;
  }
}
