package cloud.gardener.logging.queue;

import static cloud.gardener.logging.queue.Entries.entries;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.queue.segment.EntryLayout;
import cloud.gardener.logging.queue.segment.FaultyDisk;
import cloud.gardener.logging.queue.segment.SegmentLayout;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged stores. Each starts, delivers what can still be read, counts what cannot, and keeps the file.
 *
 * <p>The store is one segment of eight entries, of which the first two were removed; the n-th has n % 5 + 1
 * records.
 */
class RecoveryTest {
  private static final int ENTRIES = 8;
  private static final int REMOVED = 2;
  private static final int PAYLOAD = 40;
  private static final int ELEMENT =
      SegmentLayout.ELEMENT_HEADER_BYTES + EntryLayout.HEADER_BYTES + PAYLOAD;
  private static final int END = SegmentLayout.HEADER_BYTES + ENTRIES * ELEMENT;
  private static final String SEGMENT = "0000000000000000.segment";
  private static final String DAMAGED = "0000000000000000.damaged";
  private static final String QUARANTINE = "0000000000000000.quarantine";

  @TempDir(factory = MemoryFolder.class)
  Path folder;

  private TestQueue test;
  private byte[] sound;

  @BeforeEach
  void makeStore() throws IOException {
    test = new TestQueue(folder).maxBytes(1 << 19).open();
    test.queue.append(entries(0, ENTRIES, PAYLOAD));
    test.queue.read();
    test.queue.read();
    test.queue.remove(REMOVED);
    test.close();
    sound = Files.readAllBytes(test.path().resolve(SEGMENT));
  }

  /** Puts a store of these bytes in the place of all others. */
  private void store(byte[] bytes) throws IOException {
    for (String name : test.fileNames()) {
      Files.delete(test.path().resolve(name));
    }
    Files.createDirectories(test.path());
    Files.write(test.path().resolve(SEGMENT), bytes);
  }

  private byte[] soundWith(int offset, int... bytes) {
    byte[] changed = sound.clone();
    for (int i = 0; i < bytes.length; i++) {
      changed[offset + i] = (byte) bytes[i];
    }
    return changed;
  }

  private static int elementAt(int number) {
    return SegmentLayout.HEADER_BYTES + number * ELEMENT;
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static long records(List<Integer> numbers) {
    return numbers.stream().mapToLong(Entries::records).sum();
  }

  /** Starts, reads all, and ends: everything is delivered or counted, and nothing is left. */
  private List<Integer> startAndDrain(String what) {
    test.open();
    try {
      List<Integer> delivered = test.drain();
      assertEquals(
          test.queue.recoveredRecords(), records(delivered) + test.tally.lost, what + ": recovered");
      assertEquals(0, test.queue.entries(), what);
      assertEquals(0, test.queue.records(), what);
      return delivered;
    } finally {
      test.close();
    }
  }

  @Test
  void shouldLoseAtMostTheOneEntryWhosePayloadHasAFlippedBit() throws IOException {
    for (int bit = 0; bit < END * Byte.SIZE; bit++) {
      int offset = bit / Byte.SIZE;
      byte[] flipped = sound.clone();
      flipped[offset] ^= (byte) (1 << bit % Byte.SIZE);
      store(flipped);

      List<Integer> delivered = startAndDrain("bit " + bit);

      List<Integer> expected = new ArrayList<>(numbers(REMOVED, ENTRIES));
      int entry = (offset - SegmentLayout.HEADER_BYTES) / ELEMENT;
      int inElement = (offset - SegmentLayout.HEADER_BYTES) % ELEMENT;
      boolean inPayload = offset >= elementAt(0) && inElement >= ELEMENT - PAYLOAD;
      boolean lost = inPayload && entry >= REMOVED;
      if (lost) {
        expected.remove((Integer) entry);
        assertEquals(List.of(QUARANTINE), test.fileNames(), "bit " + bit);
      }
      assertEquals(expected, delivered, "bit " + bit);
      assertEquals(lost ? Entries.records(entry) : 0, test.tally.lost, "bit " + bit);
    }
  }

  @Test
  void shouldKeepAllEntriesBeforeTheCutAtEachLength() throws IOException {
    for (int length = 0; length < END; length++) {
      store(Arrays.copyOf(sound, length));

      List<Integer> delivered = startAndDrain("cut at " + length);

      int whole = Math.max(0, (length - SegmentLayout.HEADER_BYTES) / ELEMENT);
      assertEquals(numbers(REMOVED, Math.max(REMOVED, whole)), delivered, "cut at " + length);
      assertEquals(List.of(QUARANTINE), test.fileNames(), "cut at " + length);
      assertEquals(1, test.tally.quarantined, "cut at " + length);
      boolean headerLeft =
          length - elementAt(whole) >= ELEMENT - PAYLOAD && whole >= REMOVED;
      assertEquals(headerLeft ? Entries.records(whole) : 0, test.tally.lost, "cut at " + length);
    }
  }

  @Test
  void shouldStartWithAnyByteOverwritten() throws IOException {
    for (int offset = 0; offset < END; offset++) {
      for (int value : new int[] {0x00, 0x7f, 0xff}) {
        store(soundWith(offset, value));

        List<Integer> delivered = startAndDrain("byte " + offset + " = " + value);

        int missing = ENTRIES - REMOVED - (int) delivered.stream().filter(n -> n >= REMOVED).count();
        assertTrue(missing <= 1, "byte " + offset + " = " + value + ": " + delivered);
      }
    }
  }

  @Test
  void shouldSendAllAgainWhenTheFilesHeaderIsGone() throws IOException {
    store(soundWith(0, new int[SegmentLayout.HEADER_BYTES]));
    assertEquals(numbers(0, ENTRIES), startAndDrain("zeroed header"));
    assertEquals(List.of(QUARANTINE), test.fileNames());
    assertEquals(1, test.tally.quarantined);
  }

  @Test
  void shouldPassOverEntriesThatWereOverwritten() throws IOException {
    store(soundWith(elementAt(3) + 10, new int[2 * ELEMENT]));

    List<Integer> delivered = startAndDrain("overwritten");

    assertEquals(List.of(2, 6, 7), delivered);
    assertEquals(List.of(QUARANTINE), test.fileNames());
  }

  @Test
  void shouldNotTrustALengthOfTwoGigabytes() throws IOException {
    byte[] bytes = sound.clone();
    ByteBuffer.wrap(bytes).putInt(elementAt(4), Integer.MAX_VALUE);
    store(bytes);
    assertEquals(numbers(REMOVED, ENTRIES), startAndDrain("element of 2 GB"));

    Arrays.fill(bytes, elementAt(4) + 4, elementAt(4) + 4 + EntryLayout.HEADER_BYTES, (byte) 0x7f);
    store(bytes);
    assertEquals(List.of(2, 3, 5, 6, 7), startAndDrain("element and entry of 2 GB"));
  }

  @Test
  void shouldFindTheLengthFromTheElementWhenOnlyTheEntrysHeaderIsGone() throws IOException {
    store(soundWith(elementAt(4) + 4, new int[EntryLayout.HEADER_BYTES]));
    assertEquals(List.of(2, 3, 5, 6, 7), startAndDrain("entry's header"));
  }

  @Test
  void shouldSetAsideWhatHoldsNothing() throws IOException {
    byte[] garbage = new byte[5000];
    Arrays.fill(garbage, (byte) 0x47);
    for (byte[] bytes : List.of(new byte[0], new byte[64 << 10], new byte[31], garbage)) {
      store(bytes);
      assertEquals(List.of(), startAndDrain(bytes.length + " bytes"));
      assertEquals(List.of(QUARANTINE), test.fileNames());
    }
  }

  @Test
  void shouldDeleteWhatWasNeverPutInItsPlace() throws IOException {
    Files.write(test.path().resolve("0000000000000001.segment.tmp"), new byte[100]);
    assertEquals(numbers(REMOVED, ENTRIES), startAndDrain("stale .tmp"));
    assertEquals(List.of(), test.fileNames());
    assertEquals(0, test.tally.quarantined);
  }

  @Test
  void shouldDeleteAnEmptySegment() throws IOException {
    byte[] empty = SegmentLayout.Header.empty(64 << 10).toBytes();
    store(Arrays.copyOf(empty, 64 << 10));
    assertEquals(List.of(), startAndDrain("empty"));
    assertEquals(List.of(), test.fileNames());
    assertEquals(0, test.tally.quarantined);
  }

  @Test
  void shouldDeliverTheOtherSegmentsOfADamagedStore() throws IOException {
    test.segmentEntries(1).open();
    for (int number = 8; number < 12; number++) {
      test.queue.append(entries(number, number + 1, PAYLOAD));
    }
    test.close();
    List<String> files = test.fileNames();
    assertEquals(5, files.size());
    Files.write(test.path().resolve(files.get(2)), new byte[1000]);

    assertEquals(List.of(2, 3, 4, 5, 6, 7, 8, 10, 11), startAndDrain("one of five"));
  }

  @Test
  void shouldKeepEveryQuarantinedFile() throws IOException {
    for (int i = 0; i < 3; i++) {
      Files.write(test.path().resolve(SEGMENT), new byte[100 + i]);
      startAndDrain("damage " + i);
    }
    assertEquals(
        List.of(
            "0000000000000000-1.quarantine", "0000000000000000-2.quarantine", QUARANTINE),
        test.fileNames());
  }

  @Test
  void shouldKeepADamagedSegmentOverRestartsUntilItIsDrained() throws IOException {
    byte[] flipped = sound.clone();
    flipped[elementAt(3) + ELEMENT - 1] ^= 1;
    store(flipped);
    test.memoryBytes(0).open();
    assertEquals(2, Entries.numberOf(test.queue.read()));
    test.queue.remove(1);
    assertEquals(4, Entries.numberOf(test.queue.read()));
    assertEquals(List.of(DAMAGED), test.fileNames());
    test.reopen();
    assertEquals(numbers(4, ENTRIES), test.drain());
    test.close();

    assertEquals(List.of(QUARANTINE), test.fileNames());
    byte[] kept = Files.readAllBytes(test.path().resolve(QUARANTINE));
    assertEquals(flipped[elementAt(3) + ELEMENT - 1], kept[elementAt(3) + ELEMENT - 1]);
  }

  @Test
  void shouldAppendBehindADamagedSegment() throws IOException {
    store(Arrays.copyOf(sound, elementAt(5) + 7));
    test.open();
    test.queue.append(entries(20, 22, PAYLOAD));
    assertEquals(List.of(2, 3, 4, 20, 21), test.drain());
    test.close();
  }

  @Test
  void shouldLeaveForTheNextStartWhatTheDiskRefusesToRead() {
    FaultyDisk disk = new FaultyDisk();
    disk.fail(FaultyDisk.Operation.READ);
    test.files(disk).open();
    assertEquals(List.of(), test.drain());
    assertEquals(1, test.tally.quarantined);
    disk.stopFailing();
    test.queue.append(entries(20, 21, PAYLOAD));
    test.reopen();

    assertEquals(List.of(2, 3, 4, 5, 6, 7, 20), test.drain());
    test.close();
  }

  @Test
  void shouldStartWhenADamagedSegmentCannotBeMended() throws IOException {
    store(Arrays.copyOf(sound, elementAt(5)));
    FaultyDisk disk = new FaultyDisk();
    disk.fail(FaultyDisk.WRITING, 1, Integer.MAX_VALUE);
    test.files(disk).open();
    assertEquals(List.of(), test.drain());
    disk.stopFailing();
    test.close();

    assertEquals(List.of(2, 3, 4), startAndDrain("after the disk has room"));
  }

  @Test
  void shouldReadOnBehindDamageThatHappensWhileItRuns() throws IOException {
    test.memoryBytes(0).open();
    assertEquals(2, Entries.numberOf(test.queue.read()));
    try (RandomAccessFile file = new RandomAccessFile(test.path().resolve(SEGMENT).toFile(), "rw")) {
      file.seek(elementAt(3));
      file.writeInt(5); // The entry's own header still says better.
      file.seek(elementAt(4) + ELEMENT - 1);
      file.write(sound[elementAt(5) - 1] ^ 1);
    }
    test.queue.remove(1);
    assertEquals(List.of(3, 5, 6, 7), test.drain());
    assertEquals(Entries.records(4), test.tally.lost);
    test.close();
    assertEquals(List.of(QUARANTINE), test.fileNames());
  }

  @Test
  void shouldGiveUpTheRestOfASegmentThatCannotBeReadOn() throws IOException {
    test.memoryBytes(0).segmentEntries(ENTRIES).open();
    test.queue.append(entries(8, 10, PAYLOAD));
    assertEquals(2, Entries.numberOf(test.queue.read()));
    try (RandomAccessFile file = new RandomAccessFile(test.path().resolve(SEGMENT).toFile(), "rw")) {
      file.seek(elementAt(3));
      file.write(new byte[ELEMENT]);
    }
    test.queue.remove(1);

    assertEquals(List.of(8, 9), test.drain());
    assertEquals(records(numbers(3, ENTRIES)), test.tally.lost);
    assertEquals(0, test.queue.records());
    test.close();
    assertEquals(List.of(QUARANTINE), test.fileNames());
  }

  /** The process may die after each of the steps in which a file is emptied. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void shouldTakeAFileThatWasBeingEmptiedForAnEmptyOne(int steps) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(test.path().resolve(SEGMENT).toFile(), "rw")) {
      long length = file.length();
      file.write(SegmentLayout.Header.empty(length).toBytes());
      if (steps > 0) {
        file.setLength(SegmentLayout.HEADER_BYTES);
      }
      if (steps > 1) {
        file.setLength(length);
      }
    }
    test.open();

    assertEquals(0, test.queue.records());
    assertEquals(0, test.tally.lost);
    assertEquals(0, test.tally.quarantined);
    assertEquals(List.of(), test.fileNames());
    test.close();
  }
}
