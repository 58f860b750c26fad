package cloud.gardener.logging.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Prints the OTLP JSON of stdin for people, for {@code make demo}. */
final class PrettyJson {
  /** A value with a single member, such as {@code "stringValue"}, and the attribute that it is of. */
  private static final String VALUE =
      "\\{\\s*(\"\\w+\" : (?:\"(?:[^\"\\\\\\n]|\\\\.)*\"|\\w+))\\s*\\}";

  private static final String ATTRIBUTE = "\\{\\s*(\"key\" : \"[^\\n\"]*\"),\\s*\"value\" : (\\{ [^\\n]* \\})\\s*\\}";

  private PrettyJson() {}

  public static void main(String[] args) throws IOException {
    JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    String text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    System.out.println(
        mapper.writeValueAsString(mapper.readTree(text))
            .replaceAll(VALUE, "{ $1 }")
            .replaceAll(ATTRIBUTE, "{ $1, \"value\" : $2 }")
            .replaceAll("\\}, \\{ \"key\"", "},\n            { \"key\"")
            .replaceAll("\\[ \\{ \"key\"", "[\n            { \"key\""));
  }
}
