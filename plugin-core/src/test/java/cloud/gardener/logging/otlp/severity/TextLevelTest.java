package cloud.gardener.logging.otlp.severity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextLevelTest {
  private static final LevelNames NAMES =
      new LevelNames(
          List.of("level", "severity", "log.level", "severityNumber", "@level", "PRIORITY"));

  private final TextLevel level = new TextLevel(NAMES);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "E0320 10:00:00.1 1 x.go:27] failed; 17; E",
        "I1124 15:00:00.000001       1 reflector.go:243] x; 9; I",
        "W20240320 10:00:00.1 1 x.cc:27] newer glog; 13; W",
        "F0320 10:00:00 1 x.go:27] fatal; 21; F",
        "level=error msg=x; 17; error",
        "time=\"2024-03-20T10:00:00Z\" level=warning msg=\"x\"; 13; warning",
        "time=x level=\"warn\" msg=y; 13; warn",
        "ts=1 Level=INFO+2 msg=y; 11; INFO+2",
        "[x] severity=debug, y; 5; debug",
        "level=7 level=unknown severity=info; 9; info",
        "{\"level\":\"error\",\"msg\":\"m\"}; 17; error",
        "  { \"ts\" : 1.5 , \"level\" : \"Warn\" }; 13; Warn",
        "{\"a\":{\"level\":\"error\"},\"b\":[{\"level\":\"x\"},\"]\"],\"level\":30,\"c\":1}; 9; 30",
        "{\"msg\":\"say \\\"level\\\":\\\"error\\\" \\\\\",\"severity\":\"info\"}; 9; info",
        "{\"log\":{\"logger\":\"x\",\"level\":\"error\"},\"message\":\"m\"}; 17; error",
        "{\"log.level\":\"error\",\"message\":\"m\"}; 17; error",
        "{\"severity\":\"info\",\"level\":\"error\"}; 17; error",
        "{\"level\":null,\"severity\":\"info\"}; 9; info",
        "{\"priority\":\"3\",\"level\":\"custom\"}; 17; 3",
        "{\"severityNumber\":13,\"body\":\"x\"}; 13; 13",
        "{\"level\":\"error\",\"msg\":\"cut off; 17; error",
        "{\"LEVEL\":\"error\"}; 17; error"
      })
  void shouldFindTheLevelInAText(String text, int number, String found) {
    assertEquals(number, find(text));
    assertEquals(found, text.substring(level.offset, level.offset + level.length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "E",
        "E0320",
        "E0320 10:00:0",
        "X0320 10:00:00.1 1 x.go:27]",
        "E032 10:00:00.1 1 x.go:27] failed",
        "E03201 10:00:00.1 1 x.go:27] failed",
        "error: not at the beginning of a pair",
        "an error",
        "raid level=5 ok",
        "mylevel=error",
        "level = error",
        "level=",
        "level=\"",
        "=",
        "{",
        "{}",
        "{\"",
        "{\"level",
        "{\"level\"",
        "{\"level\":",
        "{\"level\":\"",
        "{\"level\":\"error",
        "{\"level\":5",
        "{\"level\" \"error\"}",
        "{\"a\":[[[[{\"level\":\"error\"}",
        "{level: error}",
        "{\"log\":\"x\",\"message\":{\"level\":\"error\"}}",
        "[\"level\",\"error\"]"
      })
  void shouldFindNoneWhereThereIsNone(String text) {
    assertEquals(SeverityTable.UNSPECIFIED, find(text));
  }

  @Test
  void shouldFindALevelAtEveryOffset() {
    for (int blanks = 0; blanks < 100; blanks++) {
      String before = "{\"#\":\"" + "#".repeat(blanks) + "\",\"\":\"\\\"\",";
      assertEquals(17, find(before + "\"level\":\"error\"}"));
      assertEquals(17, find(before + "\"log\":{\"level\":\"error\"}}"));
      assertEquals(0, find(before + "\"levels\":\"error\"}"));
    }
  }

  @Test
  void shouldLookNoFurtherThanTheBounds() {
    String near = "x".repeat(TextLevel.PAIR_BYTES - 12);
    assertEquals(17, find(near + " level=error x"));
    assertEquals(0, find("x".repeat(TextLevel.PAIR_BYTES) + " level=error x"));
    assertEquals(17, find("{\"a\":\"" + "x".repeat(900) + "\",\"level\":\"error\"}"));
    String far = "x".repeat(TextLevel.JSON_BYTES);
    assertEquals(0, find("{\"a\":\"" + far + "\",\"level\":\"error\"}"));
    assertEquals(0, find("{\"a\":\"" + "x".repeat(TextLevel.JSON_BYTES - 20) + "\",\"level\":\"information\"}"));
  }

  /** Every beginning of a text and every small mutation is read as if nothing followed. */
  @Test
  void shouldStayWithinTheTextWhateverItIs() {
    Random random = new Random(7);
    String[] seeds = {
      "{\"log\":{\"level\":\"error\"},\"a\":[1,{\"b\":\"\\\"\"}],\"level\":30}",
      "ts=1 level=\"warn\" x=\\\"y",
      "E0320 10:00:00.1 1 x.go:27] failed"
    };
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = seeds[round % seeds.length].getBytes(UTF_8);
      for (int i = random.nextInt(4); i > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(bytes.length + 1);
      int alone = level.find(Arrays.copyOf(bytes, length), 0, length);
      int offset = level.offset;
      byte[] continued = Arrays.copyOf(bytes, bytes.length + Scan.BEHIND);
      assertEquals(alone, level.find(continued, 0, length));
      assertEquals(offset, level.offset);
    }
  }

  private int find(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return level.find(bytes, 0, bytes.length);
  }
}
