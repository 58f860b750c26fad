package cloud.gardener.logging.otlp.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.otlp.Encoded;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Maps that somebody made to cost much. Each is compared with a map of a known cost by the CPU time of this thread, which
 * other work on the machine hardly changes. The limits are far from both: from what it costs, and from what it would
 * cost without the protection.
 */
class UniqueKeysTest {
  private static final int ROUNDS = 5;

  @Test
  void shouldNotCompareManyKeysWithEachOther() {
    MsgPack.Pairs few = alikeKeys(2_000);
    MsgPack.Pairs many = alikeKeys(32_000);

    // Sixteen times the keys: sixteen times the cost, or 256 times if each is compared with each.
    assertCostsAtMost(64, many, few);
  }

  @Test
  void shouldKeepManyKeysUnique() {
    LogRecord record = Encoded.record(alikeKeys(200_000));

    assertEquals(200_000, record.getAttributesCount());
    assertEquals("last", record.getAttributes(199_999).getValue().getStringValue());
    assertEquals(1, record.getDroppedAttributesCount());
  }

  /** So many keys that are hard to tell apart, and the first of them again. */
  private static MsgPack.Pairs alikeKeys(int count) {
    List<Object> pairs = new ArrayList<>(List.of("log", "l"));
    for (int i = 0; i < count; i++) {
      // Alike in length, at both ends and in the middle.
      pairs.add(String.format("a%06d:%06dz", i, count - i));
      pairs.add(i);
    }
    pairs.add(pairs.get(2));
    pairs.add("last");
    return new MsgPack.Pairs(pairs);
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
    for (int i = 0; i < 10_000; i++) {
      below.put("k." + i, i);
    }
    Map<String, Object> body = Map.of("log", "l", "x".repeat(1 << 20), below);

    assertEquals(
        AnyValue.ValueCase.STRING_VALUE,
        Encoded.record(body).getAttributes(0).getValue().getValueCase());
    // Written once, the long key costs little beside ten thousand values.
    assertCostsAtMost(10, body, Map.of("log", "l", "x", below));
  }

  @Test
  void shouldNotLookAtEachDotOfALongKey() {
    assertEquals(100, Encoded.record(longKeys(".")).getAttributesCount());
    // Each of the twenty million dots would be compared with a hundred keys.
    assertCostsAtMost(5, longKeys("."), longKeys("x"));
  }

  private static Map<String, Object> longKeys(String letter) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("log", "l");
    for (int i = 0; i < 100; i++) {
      // None begins like another: else the first look would be the last.
      body.put("%03d".formatted(i) + letter.repeat(200_000), Map.of("a", 1));
    }
    return body;
  }

  /** Compares the least of several costs, as the first rounds load and compile code. */
  private static void assertCostsAtMost(int times, Object dear, Object cheap) {
    long dearNs = Long.MAX_VALUE;
    long cheapNs = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      cheapNs = Math.min(cheapNs, cpuNs(cheap));
      dearNs = Math.min(dearNs, cpuNs(dear));
    }
    double ratio = (double) dearNs / cheapNs;
    assertTrue(ratio <= times, "costs " + ratio + " times as much");
  }

  private static long cpuNs(Object body) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long startNs = threads.getCurrentThreadCpuTime();
    Encoded.record(body);
    return threads.getCurrentThreadCpuTime() - startNs;
  }
}
