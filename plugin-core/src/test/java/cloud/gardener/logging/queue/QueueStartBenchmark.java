package cloud.gardener.logging.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Milliseconds to start with a queue of 1 GB, whose files the operating system still has in memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
public class QueueStartBenchmark {
  private static final long GIGABYTE = 1_000_000_000;

  /** Bytes of an entry's payload. */
  @Param({"500", "65536"})
  public int payloadBytes;

  private Path folder;
  private TestQueue test;

  /** Fills a queue. */
  @Setup
  public void fill() throws IOException {
    String parent =
        System.getProperty("queue.benchmark.folder", System.getProperty("java.io.tmpdir"));
    folder = Files.createTempDirectory(Path.of(parent), "queue-benchmark");
    test = new TestQueue(folder).maxBytes(2 * GIGABYTE).totalMaxBytes(2 * GIGABYTE);
    test.segmentEntries(Integer.MAX_VALUE).memoryBytes(0).open();
    List<QueueEntry> entry = List.of(Entries.entry(1, payloadBytes, 100));
    while (test.queue.bytes() < GIGABYTE) {
      if (test.queue.append(entry) != AppendResult.APPENDED) {
        throw new IllegalStateException("the queue refused");
      }
    }
    test.close();
  }

  /** Opens and closes it. */
  @Benchmark
  public long start() {
    test.open();
    long records = test.queue.records();
    test.close();
    return records;
  }

  /** Deletes it. */
  @TearDown
  public void delete() throws IOException {
    test.open();
    test.queue.discard();
    test.close();
    Files.delete(folder.resolve("lock"));
    Files.delete(folder);
  }
}
