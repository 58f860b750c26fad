package cloud.gardener.logging.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {
  private static final Map<String, Object> BODY = Map.of("log", "hello");

  private final EventDecoder decoder = new EventDecoder();

  @Test
  void shouldReadVersion2() {
    wrap(new MsgPack().event(1_700_000_000L, 123, Map.of("a", 1), BODY));
    assertEquals(EventDecoder.RECORD, decoder.next());
    assertEquals(1_700_000_000_000_000_123L, decoder.timeUnixNano());
    assertNotEquals(EventDecoder.NONE, decoder.metadataAt());
    assertEquals(EventDecoder.END, decoder.next());
  }

  @Test
  void shouldReadVersion1() {
    wrap(new MsgPack().array(2).time(5, 6).value(BODY));
    assertEquals(EventDecoder.RECORD, decoder.next());
    assertEquals(5_000_000_006L, decoder.timeUnixNano());
    assertEquals(EventDecoder.NONE, decoder.metadataAt());
  }

  @Test
  void shouldReadTimesPast2038AsUnsigned() {
    wrap(new MsgPack().event(0xF0000000L, 1, Map.of(), BODY));
    assertEquals(EventDecoder.RECORD, decoder.next());
    assertEquals(0xF0000000L * 1_000_000_000L + 1, decoder.timeUnixNano());
  }

  @Test
  void shouldReadEveryKindOfTime() {
    MsgPack chunk = new MsgPack();
    chunk.array(2).value(7).value(BODY);
    chunk.array(2).value(7.5).value(BODY);
    chunk.array(2).raw(0xc7, 8, 0, 0, 0, 0, 7, 0, 0, 0, 9).value(BODY); // ext8
    wrap(chunk);
    assertEquals(List.of(7_000_000_000L, 7_500_000_000L, 7_000_000_009L), times());
  }

  @Test
  void shouldShowGroupsAndForgetThem() {
    MsgPack chunk = new MsgPack();
    chunk.event(1, 0, Map.of(), BODY);
    chunk.groupStart(Map.of("resource", Map.of())).event(2, 0, Map.of(), BODY).groupEnd();
    chunk.event(3, 0, Map.of(), BODY);
    wrap(chunk);
    decoder.next();
    assertEquals(EventDecoder.NONE, decoder.groupAt());
    decoder.next();
    assertNotEquals(EventDecoder.NONE, decoder.groupAt());
    decoder.next();
    assertEquals(EventDecoder.NONE, decoder.groupAt());
    assertEquals(EventDecoder.END, decoder.next());
  }

  @Test
  void shouldTakeAGroupOfAnotherSchemaForNone() {
    wrap(
        new MsgPack()
            .event(0xFFFFFFFFL, 0, Map.of("schema", "other"), Map.of())
            .event(2, 0, Map.of(), BODY));
    assertEquals(EventDecoder.RECORD, decoder.next());
    assertEquals(EventDecoder.NONE, decoder.groupAt());
  }

  @Test
  void shouldTakeAMarkersSecondsWithNanosecondsForATime() {
    wrap(new MsgPack().event(0xFFFFFFFFL, 1, Map.of(), BODY));
    assertEquals(EventDecoder.RECORD, decoder.next());
  }

  @Test
  void shouldChangeTheGroupsNumberWithEveryChunk() {
    MsgPack chunk = new MsgPack().event(1, 0, Map.of(), BODY);
    wrap(chunk);
    long first = decoder.groupNumber();
    wrap(chunk);
    assertNotEquals(first, decoder.groupNumber());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c0", // nil
        "93 01 80 80", // an array of three
        "92 01 90", // a body that is no map
        "92 92 01 01 80", // metadata that is no map
        "92 ff 80", // a time before 1970
        "92 a1 78 80", // a time that is a string
        "92 d7 01 00 00 00 00 00 00 00 00 80", // an extension of another type
        "92 d6 00 00 00 00 00 80", // an extension of another length
        "92 cb ff f0 00 00 00 00 00 00 80", // minus infinity
        "92 cb 7f f8 00 00 00 00 00 00 80", // not a number
        "80", // a map
      })
  void shouldSkipWhatIsNoEventAndGoOn(String hex) {
    MsgPack chunk = new MsgPack();
    for (String octet : hex.split(" ")) {
      chunk.raw(Integer.parseInt(octet, 16));
    }
    chunk.event(9, 0, Map.of(), BODY);
    wrap(chunk);
    assertEquals(List.of(EventDecoder.MALFORMED, EventDecoder.RECORD), kinds());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c1", // never used
        "92 92 d7 00 00", // ends in the time
        "92 01 df ff ff ff ff", // a map of four billion pairs
        "92 01 81 db ff ff ff ff 00", // a string of four billion bytes
        "dd 7f ff ff ff", // an array of two billion
        "c9 ff ff ff ff 00", // an extension of four billion bytes
        "d9", "da 00", "db 00 00 00", "c4", "c7", "c7 01", "ca 00", "cb 00", "cf", "de", "dc", "d8 00",
      })
  void shouldStopWhereALengthCannotBeKnown(String hex) {
    MsgPack chunk = new MsgPack().event(9, 0, Map.of(), BODY);
    for (String octet : hex.split(" ")) {
      chunk.raw(Integer.parseInt(octet, 16));
    }
    wrap(chunk);
    assertEquals(List.of(EventDecoder.RECORD, EventDecoder.MALFORMED), kinds());
  }

  @Test
  void shouldKeepWhatComesBeforeACutAtEveryLength() {
    Map<String, Object> body = Map.of("log", List.of(3, 4));
    byte[] one = new MsgPack().event(1, 2, Map.of("k", List.of(1, 2)), body).bytes();
    byte[] two = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, two, one.length, one.length);
    for (int length = 0; length <= two.length; length++) {
      decoder.wrap(two, length); // The rest is behind the cut.
      List<Integer> kinds = kinds();
      assertEquals(
          length / one.length, kinds.stream().filter(k -> k == EventDecoder.RECORD).count());
      assertEquals(
          length % one.length == 0 ? 0 : 1,
          kinds.stream().filter(k -> k == EventDecoder.MALFORMED).count());
    }
  }

  @Test
  void shouldStepOverNestingOfAnyDepth() {
    MsgPack chunk = new MsgPack().array(2).value(1).map(1).value("log");
    for (int i = 0; i < 1_000_000; i++) {
      chunk.raw(0x91);
    }
    chunk.value(null).event(2, 0, Map.of(), BODY);
    wrap(chunk);
    assertEquals(List.of(EventDecoder.RECORD, EventDecoder.RECORD), kinds());
  }

  @Test
  void shouldReadNothingBehindTheGivenSize() {
    byte[] chunk = new MsgPack().event(1, 0, Map.of(), BODY).event(2, 0, Map.of(), BODY).bytes();
    decoder.wrap(chunk, chunk.length / 2);
    assertEquals(List.of(EventDecoder.RECORD), kinds());
  }

  private void wrap(MsgPack chunk) {
    byte[] bytes = chunk.bytes();
    decoder.wrap(bytes, bytes.length);
  }

  private List<Integer> kinds() {
    List<Integer> kinds = new ArrayList<>();
    for (int kind = decoder.next(); kind != EventDecoder.END; kind = decoder.next()) {
      kinds.add(kind);
      assertTrue(kinds.size() < 1000, "endless");
    }
    return kinds;
  }

  private List<Long> times() {
    List<Long> times = new ArrayList<>();
    while (decoder.next() == EventDecoder.RECORD) {
      times.add(decoder.timeUnixNano());
    }
    return times;
  }
}
