package cloud.gardener.logging.otlp.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.otlp.Encoded;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Maps that somebody made to cost much. */
class UniqueKeysTest {
  /** Far more than it takes, far less than a cost that grows with the square. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final int MANY = 200_000;

  @Test
  void shouldNotCompareManyKeysWithEachOther() {
    List<Object> pairs = new ArrayList<>(List.of("log", "l"));
    for (int i = 0; i < MANY; i++) {
      // Alike in length, at both ends and in the middle.
      pairs.add(String.format("a%06d:%06dz", i, MANY - i));
      pairs.add(i);
    }
    pairs.add(pairs.get(2));
    pairs.add("last");
    LogRecord record =
        assertTimeoutPreemptively(LIMIT, () -> Encoded.record(new MsgPack.Pairs(pairs)));
    assertEquals(MANY, record.getAttributesCount());
    assertEquals("last", record.getAttributes(MANY - 1).getValue().getStringValue());
    assertEquals(1, record.getDroppedAttributesCount());
  }

  @Test
  void shouldGiveKeysThatAreMadeToCollideDifferentHashes() {
    Set<Integer> hashes = new HashSet<>();
    for (int i = 0; i < 1 << 12; i++) {
      // All of them have one String.hashCode.
      StringBuilder key = new StringBuilder();
      for (int bit = 0; bit < 12; bit++) {
        key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      byte[] bytes = key.toString().getBytes(UTF_8);
      hashes.add(KeyHash.of(bytes, 0, bytes.length));
    }
    assertTrue(hashes.size() > (1 << 12) - 16);
  }

  @Test
  void shouldNotWriteALongKeyForEachValueBelowIt() {
    Map<String, Object> below = new LinkedHashMap<>();
    for (int i = 0; i < 100_000; i++) {
      below.put("k." + i, i);
    }
    Map<String, Object> body = Map.of("log", "l", "x".repeat(1 << 20), below);
    LogRecord record = assertTimeoutPreemptively(LIMIT, () -> Encoded.record(body));
    assertEquals(
        AnyValue.ValueCase.STRING_VALUE, record.getAttributes(0).getValue().getValueCase());
  }

  @Test
  void shouldNotLookAtEachDotOfALongKey() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("log", "l");
    for (int i = 0; i < 100; i++) {
      body.put(".".repeat(200_000 + i), Map.of("a", 1));
    }
    LogRecord record = assertTimeoutPreemptively(LIMIT, () -> Encoded.record(body));
    assertEquals(100, record.getAttributesCount());
  }
}
