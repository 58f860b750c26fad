package cloud.gardener.logging.otlp.severity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.keys.Mappings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilterTest {
  private static final int OFFSETS = 17;
  private static final List<String> DEFAULT = Mappings.of().severityKeys();

  private final Random random = new Random(11);

  static Stream<List<String>> names() {
    return Stream.of(
        DEFAULT,
        List.of("level"),
        List.of("log.level", "a.b.c.severity"),
        List.of("my-level", "stufe", "x1", "LEVEL"),
        List.of("importance_x", "averylongnameatwhoseendislevel", "niveau-\u00e9", "\u00e9\u00e8"));
  }

  /** In each letter case, and with its quote at each place of eight bytes, at the end of the array and before others. */
  @ParameterizedTest
  @MethodSource("names")
  void shouldLetEachNameThrough(List<String> names) {
    LevelNames levels = new LevelNames(names);
    for (String name : names) {
      for (String spelling : List.of(name, name.substring(name.lastIndexOf('.') + 1))) {
        int letters = Math.min(spelling.length(), 12);
        for (int upper = 0; upper < 1 << letters; upper++) {
          String key = "\"" + withUpperCase(spelling, upper) + "\"";
          for (int offset = 0; offset < OFFSETS; offset++) {
            byte[] text = (" ".repeat(offset) + key + ":").getBytes(UTF_8);
            byte[] padded = Arrays.copyOf(text, text.length + Scan.BEHIND);
            assertTrue(levels.mayBeIn(padded, 0, text.length), key);
            assertTrue(levels.mayBeIn(padded, offset, text.length), key);
          }
        }
      }
    }
  }

  /** The reference is the walk alone: names that need too many letters let every text through. */
  @ParameterizedTest
  @MethodSource("names")
  void shouldNotChangeWhatIsFound(List<String> names) {
    List<String> more = new ArrayList<>(names);
    more.addAll(List.of("#q", "#z", "#j", "#k"));
    TextLevel walk = new TextLevel(new LevelNames(more));
    TextLevel level = new TextLevel(new LevelNames(names));
    int found = 0;
    for (int round = 0; round < 100_000; round++) {
      byte[] bytes = text(names).getBytes(UTF_8);
      int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
      byte[] in = Arrays.copyOf(bytes, bytes.length + random.nextInt(OFFSETS));
      if (random.nextBoolean()) {
        level.find("{}".getBytes(UTF_8), 0, 2);
      }
      int number = walk.find(in, 0, length);
      String text = new String(in, 0, length, UTF_8);
      assertEquals(number, level.find(in, 0, length), text);
      if (number != SeverityTable.UNSPECIFIED) {
        assertEquals(walk.offset, level.offset, text);
        assertEquals(walk.length, level.length, text);
        found++;
      }
    }
    assertTrue(found > 10_000, "found " + found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\":\"evicted\",\"type\":\"ty\",\"apiVersion\":\"v1\"}",
        "{\"levels\":1,\"xlevel\":2,\"leve\":3,\"clevel\":4}",
        "{\"msg\":\"the level is \\\"high\\\", level=info\"}",
        "{\"mail\":\"a@leveled.example\",\"@t\":\"2024\",\"@mt\":\"x\"}",
        "{\"\u00e9v\u00e9nement\":\"\u96f7\u96f7\u96f7\"}"
      })
  void shouldRejectTextWithoutAName(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    LevelNames names = new LevelNames(DEFAULT);
    assertFalse(names.mayBeIn(Arrays.copyOf(bytes, bytes.length + Scan.BEHIND), 0, bytes.length));
  }

  @Test
  void shouldNotReadANameBehindTheEnd() {
    byte[] bytes = "{\"a\":1}\"level\":1                ".getBytes(UTF_8);
    LevelNames names = new LevelNames(DEFAULT);
    assertFalse(names.mayBeIn(bytes, 0, "{\"a\":1}\"level".length()));
    assertTrue(names.mayBeIn(bytes, 0, "{\"a\":1}\"level\"".length()));
  }

  @Test
  void shouldLetEachTextThroughIfTheNamesNeedTooManyLetters() {
    assertFalse(new LevelNames(List.of("aq", "az", "aj")).mayBeIn(new byte[24], 0, 8));
    assertTrue(new LevelNames(List.of("aq", "az", "aj", "ak")).mayBeIn(new byte[24], 0, 8));
    assertTrue(new LevelNames(List.of("level", "l")).mayBeIn(new byte[24], 0, 8));
  }

  /** JSON text of a few keys, some of them names or like names, some maps, now and then with a byte that is wrong. */
  private String text(List<String> names) {
    StringBuilder text = new StringBuilder("{");
    for (int pairs = random.nextInt(6); pairs >= 0; pairs--) {
      pair(text, names, 0);
      text.append(pairs == 0 ? "}" : one(",", ", "));
    }
    if (random.nextInt(5) == 0) {
      text.setCharAt(random.nextInt(text.length()), (char) (' ' + random.nextInt(96)));
    }
    return text.toString();
  }

  private void pair(StringBuilder text, List<String> names, int depth) {
    String name = names.get(random.nextInt(names.size()));
    int dot = Math.max(0, name.lastIndexOf('.'));
    String key =
        switch (random.nextInt(8)) {
          case 0, 1 -> withUpperCase(name, random.nextInt());
          case 2 -> name.substring(dot == 0 ? 0 : dot + 1);
          case 3 -> dot == 0 ? "log" : name.substring(0, dot);
          case 4 -> one("event", "every", name + "s", "x" + name, "\\u006cevel");
          case 5 -> "k".repeat(random.nextInt(24));
          default -> one("ts", "msg", "a\\\"b", "caller", "");
        };
    text.append('"').append(key).append(one("\":", "\" : "));
    if (depth < 2 && random.nextInt(4) == 0) {
      text.append('{');
      pair(text, names, depth + 1);
      text.append('}');
    } else {
      String filler = "x".repeat(random.nextInt(200) == 0 ? 1000 : random.nextInt(20));
      text.append(
          one("\"info\"", "\"warn\"", "30", "null", "\"unknown\"", "\"\\\"" + name + "\\\":1\"", "\"" + filler + "\""));
    }
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** The letter at each place whose bit, modulo 12, is set becomes upper case. */
  private static String withUpperCase(String name, int places) {
    StringBuilder text = new StringBuilder(name);
    for (int i = 0; i < name.length(); i++) {
      char letter = name.charAt(i);
      boolean upper = (places >>> (i % 12) & 1) != 0;
      text.setCharAt(i, upper && letter < 128 ? Character.toUpperCase(letter) : letter);
    }
    return text.toString();
  }
}
