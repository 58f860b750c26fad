package cloud.gardener.logging.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Prints the JSON of stdin for people, for {@code make demo}. */
final class PrettyJson {
  private PrettyJson() {}

  public static void main(String[] args) throws IOException {
    JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    String text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    System.out.println(mapper.writeValueAsString(mapper.readTree(text)));
  }
}
