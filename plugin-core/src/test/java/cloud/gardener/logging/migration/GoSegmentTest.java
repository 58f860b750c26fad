package cloud.gardener.logging.migration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the plugin in Go, whole and damaged. */
class GoSegmentTest {
  private static final String UNREADABLE = "?";

  @TempDir Path folder;

  private String damage;

  private List<String> bodies(byte[] content) throws Exception {
    return items(content).stream().map(item -> item == null ? UNREADABLE : item.body()).toList();
  }

  private List<GoItem> items(byte[] content) throws Exception {
    List<GoItem> items = new ArrayList<>();
    try (GoSegment segment = GoSegment.open(Files.write(folder.resolve("1.dque"), content))) {
      damage = segment.damage();
      while (true) {
        try {
          ByteBuffer item = segment.next();
          if (item == null) {
            return items;
          }
          items.add(GoItem.read(item));
        } catch (UnreadableException e) {
          items.add(null);
        }
      }
    }
  }

  @Test
  void shouldReadWhatTheRealPluginLeftAndNotWhatItRemoved() throws Exception {
    assertEquals(
        List.of("record 0", "record 1"), bodies(GoQueueFiles.real(GoQueueFiles.REAL.get(0))));
    assertNull(damage);
    assertEquals(
        List.of(
            "record 2",
            "map[big:18446744073709551615 level:WARN msg:record 3]",
            "{\"level\":\"warn\",\"msg\":\"record 4\"}",
            "record 5 <&> \u2028 ü 😀 \u0001"),
        bodies(GoQueueFiles.real(GoQueueFiles.REAL.get(1))));
    assertEquals(
        List.of("record 6", "E1126 10:00:07.1 1 x.go:27] record 7", "record 8", "record 9"),
        bodies(GoQueueFiles.real(GoQueueFiles.REAL.get(2))));
  }

  @Test
  void shouldReadTheFieldsOfARecord() throws Exception {
    GoItem item = items(GoQueueFiles.real(GoQueueFiles.REAL.get(0))).get(1);

    assertEquals(Instant.parse("2026-11-26T10:00:01.123Z"), item.time());
    assertEquals("2026-11-26T19:10", item.observed().toString().substring(0, 16));
    assertEquals(
        Map.of(
            "origin", "seed", "n", 7L, "f", 1.5, "b", true, "nothing", "<<nil>>",
            "m", "<map: 2 keys>", "l", "<array: 2 items>"),
        item.attributes().stream()
            .collect(Collectors.toMap(GoItem.Attribute::key, GoItem.Attribute::value)));
    assertEquals(List.of(new GoItem.Attribute("host.name", "node-1")), item.resource());
  }

  @Test
  void shouldReadWhatNoRecordOfTheTestFilesHas() throws Exception {
    GoItem item =
        items(
                new GoQueueFiles()
                    .json(
                        "{\"timestamp\":\"0001-01-01T00:00:00Z\",\"trace_id\":\"S/kvNXezTaajzpKdDg5HNg==\","
                            + "\"span_id\":\"APBnqguqkCs=\",\"trace_flags\":1,\"new\":{\"a\":[1]},\"attributes\":["
                            + "{\"key\":\"z\",\"value_type\":\"int64\"},"
                            + "{\"key\":\"y\",\"value_type\":\"bytes\",\"byte_value\":\"AQI=\"},"
                            + "{\"key\":\"o\",\"value_type\":\"other\",\"str_value\":\"map[]\"}],\"resource\":null}")
                    .bytes())
            .get(0);

    assertNull(item.time());
    assertNull(item.observed());
    assertEquals(16, item.traceId().length);
    assertEquals(8, item.spanId().length);
    assertEquals(1, item.traceFlags());
    assertEquals(0L, item.attributes().get(0).value());
    assertArrayEquals(new byte[] {1, 2}, (byte[]) item.attributes().get(1).value());
    assertEquals("map[]", item.attributes().get(2).value());
  }

  @Test
  void shouldCountRemovalsFromTheOldest() throws Exception {
    byte[] file = new GoQueueFiles().add("a").remove(1).add("b").add("c").remove(1).bytes();
    assertEquals(List.of("c"), bodies(file));
    assertEquals(List.of(), bodies(new GoQueueFiles().add("a").remove(1).bytes()));
    assertEquals(List.of(), bodies(new byte[0]));
    assertNull(damage);
  }

  @Test
  void shouldReadACutFileUpToTheCut() throws Exception {
    byte[] whole = GoQueueFiles.real(GoQueueFiles.REAL.get(2));
    for (int length = 0; length < whole.length; length++) {
      List<String> read = bodies(Arrays.copyOf(whole, length));
      assertEquals(bodies(whole).subList(0, read.size()), read);
      bodies(Arrays.copyOf(whole, length));
      if (read.size() < 3 && length % 97 == 1) {
        assertNotNull(damage);
      }
    }
  }

  @Test
  void shouldNotTakeZerosBehindTheItemsForRemovals() throws Exception {
    byte[] file = new GoQueueFiles().add("a").add("b").remove(1).add("c").remove(1000).bytes();
    assertEquals(List.of("b", "c"), bodies(file));
    assertEquals("it removes more than it holds at byte " + (file.length - 4 * 998), damage);
  }

  @Test
  void shouldPassOverAnItemThatIsNone() throws Exception {
    for (byte[] wrong : List.of(
        new byte[] {1},
        new byte[1000],
        "not a gob at all, but a text of some length".getBytes(),
        new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1},
        new byte[] {(byte) 0xf8, 0x7f, -1, -1, -1, -1, -1, -1, -1, 0})) {
      assertEquals(
          List.of("a", UNREADABLE, "b"),
          bodies(new GoQueueFiles().add("a").item(wrong).add("b").bytes()));
    }
  }

  @Test
  void shouldPassOverAnItemWhoseJsonIsNone() throws Exception {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    for (String wrong : List.of(
        "", "null", "[]", "{", "{}{}", "{\"body\":1}", "{\"timestamp\":\"yesterday\"}", "{\"attributes\":{}}",
        "{\"attributes\":[1]}", "{\"attributes\":[{\"key\":null}]}", "{\"trace_id\":\"?\"}", "{\"x\":" + deep + "}",
        "{\"trace_flags\":" + "9".repeat(100) + "}", "{\"attributes\":[{\"flt_value\":\"1\"}]}")) {
      assertEquals(
          List.of("a", UNREADABLE, "b"),
          bodies(new GoQueueFiles().add("a").json(wrong).add("b").bytes()),
          () -> wrong.substring(0, Math.min(40, wrong.length())));
    }
  }

  @Test
  void shouldStopAtALengthThatLeavesTheFile() throws Exception {
    for (int length : new int[] {Integer.MAX_VALUE, -1, 1 << 30, 100}) {
      assertEquals(
          List.of("a"), bodies(new GoQueueFiles().add("a").length(length).raw(new byte[50]).bytes()));
      assertNotNull(damage);
    }
  }

  @Test
  void shouldPassOverAnItemThatIsTooLarge() throws Exception {
    byte[] huge = new byte[GoSegment.MAX_ITEM_BYTES + 1];
    assertEquals(
        List.of("a", UNREADABLE, "b"),
        bodies(new GoQueueFiles().add("a").item(huge).add("b").bytes()));
  }

  @Test
  void shouldReadTheRestWhenBitsOfAnItemAreFlipped() throws Exception {
    byte[] whole = GoQueueFiles.real(GoQueueFiles.REAL.get(2));
    List<String> bodies = bodies(whole);
    int second = 4 + ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
    for (int at : IntStream.range(4, second).toArray()) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x40;
      List<String> read = bodies(flipped);
      assertEquals(bodies.subList(1, 4), read.subList(1, 4), "byte " + at);
    }
  }

  @Test
  void shouldReadNoLinkAndNoFolder() throws IOException {
    Path real = Files.write(folder.resolve("real"), new GoQueueFiles().add("a").bytes());
    Path link = Files.createSymbolicLink(folder.resolve("1.dque"), real);
    assertThrows(UnreadableException.class, () -> GoSegment.open(link));
    assertThrows(UnreadableException.class, () -> GoSegment.open(folder));
  }
}
