package cloud.gardener.logging.otlp.severity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class KlogHeaderTest {
  private static final Pattern HEADER =
      Pattern.compile("[IWEF](\\d{4}|\\d{8}) \\d\\d:\\d\\d:\\d\\d.*", Pattern.DOTALL);

  private static final String[] TEXTS = {"I1124 15:09:38", "F20241124 00:59:38", "W1124 15:00:00.1", "E20240320 10:00:00.1"};

  @Test
  void shouldFitWhereEachByteDoes() {
    for (String text : TEXTS) {
      assertFits(text, text.length());
      for (int at = 0; at < text.length(); at++) {
        for (int letter = 0; letter < 256; letter++) {
          assertFits(text.substring(0, at) + (char) letter + text.substring(at + 1), text.length());
        }
      }
    }
  }

  @Test
  void shouldFitWhereSeveralBytesDiffer() {
    Random random = new Random(3);
    String likely = "0129/:; IWEF\u00b0\u00ff";
    for (int round = 0; round < 200_000; round++) {
      StringBuilder text = new StringBuilder(TEXTS[round % TEXTS.length]);
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        text.setCharAt(random.nextInt(text.length()), likely.charAt(random.nextInt(likely.length())));
      }
      assertFits(text.toString(), random.nextInt(4) == 0 ? random.nextInt(text.length()) : text.length());
    }
    assertTrue(HEADER.matcher(TEXTS[0]).matches());
  }

  private static void assertFits(String text, int length) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    boolean fits = KlogHeader.isAt(Arrays.copyOf(bytes, bytes.length + Scan.BEHIND), 0, length);
    assertEquals(HEADER.matcher(text.substring(0, length)).matches(), fits, text);
  }
}
