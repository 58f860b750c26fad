package cloud.gardener.logging.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.pipeline.RoutedOutput;
import cloud.gardener.logging.route.Routing;
import cloud.gardener.logging.route.RoutingTable;
import cloud.gardener.logging.sink.PathSink;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hundreds of shoots. */
class ManyShootsTest {
  private static final String TAG = "tag";

  /** So few for each of fifty shoots that an entry has no more than its length. */
  private static final int RECORDS = 4_000;

  @TempDir Path folder;

  private PathSink backend;
  private RoutedOutput output;

  @AfterEach
  void stop() {
    if (output != null) {
      output.close();
    }
    if (backend != null) {
      backend.close();
    }
  }

  private void open() throws Exception {
    backend = PathSink.start();
    output =
        new RoutedOutput(
            folder,
            "ShootType", "otlp_http",
            "HTTPVersion", "1.1",
            "DynamicHostPrefix", backend.prefix(),
            "DynamicHostSuffix", "");
  }

  private void setKnownShoots(int shoots) {
    for (int i = 0; i < shoots; i++) {
      output.shoots.with(shoot(i), ShootState.READY);
    }
    output.shoots.publish();
  }

  private static String shoot(int number) {
    return "shoot--p--" + number;
  }

  @Test
  void shouldBringAHundredClustersTheirThousandRecordsEach() throws Exception {
    open();
    setKnownShoots(100);
    for (int round = 0; round < 10; round++) {
      MsgPack chunk = new MsgPack();
      for (int i = 0; i < 100; i++) {
        for (int shoot = 0; shoot < 100; shoot++) {
          RoutedOutput.add(chunk, shoot(shoot), 1);
        }
      }
      assertEquals(FlushResult.OK, output.flush(chunk.chunk()));
    }
    output.awaitNothingBuffered();

    for (int i = 0; i < 100; i++) {
      assertEquals(1000, backend.records(shoot(i)), shoot(i));
      assertEquals(1000, output.balance(shoot(i)).exported());
    }
    assertEquals(100_000, backend.records());
  }

  @Test
  void shouldCostNoThreadForATarget() throws Exception {
    open();
    setKnownShoots(5);
    output.flush(shoot(0), 10);
    output.awaitNothingBuffered();
    int withFive = ManagementFactory.getThreadMXBean().getThreadCount();

    setKnownShoots(500);
    output.flush(shoot(499), 10);
    output.awaitNothingBuffered();
    int withFiveHundred = ManagementFactory.getThreadMXBean().getThreadCount();

    assertEquals(501, output.metrics().targets().size());
    assertTrue(withFiveHundred - withFive <= 2, withFive + " and " + withFiveHundred);
  }

  @Test
  void shouldHoldNoOpenFileForAnIdleTarget() throws Exception {
    open();
    setKnownShoots(200);
    MsgPack chunk = new MsgPack();
    for (int i = 0; i < 200; i++) {
      RoutedOutput.add(chunk, shoot(i), 1);
    }
    assertEquals(FlushResult.OK, output.flush(chunk.chunk()));
    output.awaitNothingBuffered();

    RoutedOutput.await("no segment is open", () -> openSegments() == 0);
    assertEquals(200, backend.records());
  }

  private long openSegments() {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.filter(this::isSegment).count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private boolean isSegment(Path descriptor) {
    try {
      String file = Files.readSymbolicLink(descriptor).toString();
      return file.startsWith(folder.toString()) && file.contains("/shoot.");
    } catch (IOException e) {
      return false; // Closed meanwhile.
    }
  }

  @Test
  void shouldAllocateNothingForARecordOfFiftyShoots() throws Exception {
    output = new RoutedOutput(folder, "ShootType", "otlp_grpc");
    setKnownShoots(50);
    MsgPack chunk = new MsgPack();
    for (int i = 0; i < RECORDS; i++) {
      Map<String, Object> pod = Map.of("pod_name", "pod-" + i % 50, "namespace_name", shoot(i % 50));
      chunk.event(1, i, Map.of(), Map.of("log", "a line of a log", "kubernetes", pod));
    }
    ChunkEncoder encoder = encoder();
    ByteBuffer bytes = chunk.chunk();
    RoutingTable table = output.shoots.table();
    long entryBytes = 0;
    for (int i = 0; i < 30; i++) {
      entryBytes = encode(encoder, table, bytes);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < 10; i++) {
      encode(encoder, table, bytes);
    }
    long allocated = (threads.getThreadAllocatedBytes(thread) - before) / 10;

    assertEquals(0, (allocated - entryBytes) / RECORDS, allocated + " bytes, entries " + entryBytes);
  }

  /** An encoder with targets that are never appended to. */
  private ChunkEncoder encoder() {
    Target target = new NoAppendTarget();
    return new ChunkEncoder(
        output.config,
        new Routing(output.config).newRouter(),
        target,
        namespace -> target);
  }

  private long encode(ChunkEncoder encoder, RoutingTable table, ByteBuffer chunk) {
    encoder.encode(chunk, TAG, table, EntrySize.MIN_BYTES, 1);
    long sum = 0;
    int records = 0;
    int largest = 0;
    for (int i = 0; i < encoder.parts().count(); i++) {
      ChunkPart part = encoder.parts().get(i);
      records += part.records();
      for (int entry = 0; entry < part.entries().size(); entry++) {
        int bytes = part.entries().get(entry).payloadBytes();
        largest = Math.max(largest, bytes);
        sum += bytes + 64;
      }
    }
    assertEquals(RECORDS, records);
    assertTrue(largest <= EntrySize.MIN_BYTES);
    encoder.clear();
    return sum;
  }
}
