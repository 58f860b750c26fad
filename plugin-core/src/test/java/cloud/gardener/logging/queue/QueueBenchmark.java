package cloud.gardener.logging.queue;

import cloud.gardener.logging.config.QueueConfig;
import cloud.gardener.logging.config.value.FullPolicy;
import cloud.gardener.logging.config.value.QueueSync;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Entries and megabytes a second: appended, and carried (appended, read and removed), beside a plain append
 * of the same bytes to one file. In {@code java.io.tmpdir}; {@code -Dqueue.benchmark.folder=} for another disk.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class QueueBenchmark {
  private static final int ENTRIES = 100;

  /** What an append waits for. */
  @Param({"NORMAL", "FULL"})
  public QueueSync sync;

  /** Bytes of an entry's payload. */
  @Param({"500", "65536"})
  public int payloadBytes;

  private Path folder;
  private List<QueueEntry> entry;
  private QueueFolder home;
  private DiskQueue queue;
  private FileChannel plain;

  /** Megabytes a second, beside the entries. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Throughput {
    public double megabytes;

    void add(long bytes) {
      megabytes += bytes / 1e6;
    }
  }

  /** A folder on the disk to be measured. */
  @Setup
  public void makeFolder() throws IOException {
    String parent =
        System.getProperty("queue.benchmark.folder", System.getProperty("java.io.tmpdir"));
    folder = Files.createTempDirectory(Path.of(parent), "queue-benchmark");
    entry = List.of(Entries.entry(1, payloadBytes, 100));
  }

  /** An empty queue, and an empty file. */
  @Setup(Level.Invocation)
  public void open() throws QueueException, IOException {
    long bound = 1L << 30;
    home = QueueFolder.open(folder, bound, "the benchmark");
    QueueConfig config =
        new QueueConfig(folder, "test", 500, sync, bound, bound, FullPolicy.RETRY, 15_000, 0);
    queue = home.openQueue("queue", config, new Tally());
    plain =
        FileChannel.open(
            folder.resolve("plain"),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
  }

  /** Deletes what was written. */
  @TearDown(Level.Invocation)
  public void discard() throws IOException {
    queue.discard();
    home.close();
    plain.close();
    Files.delete(folder.resolve("plain"));
  }

  /** Deletes the folder. */
  @TearDown
  public void deleteFolder() throws IOException {
    Files.delete(folder.resolve("lock"));
    Files.delete(folder);
  }

  /** The queue's append. */
  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public void append(Throughput throughput) {
    for (int i = 0; i < ENTRIES; i++) {
      require(queue.append(entry) == AppendResult.APPENDED);
    }
    throughput.add((long) ENTRIES * payloadBytes);
  }

  /** An entry's whole way, with a backend that keeps up. */
  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public void appendReadAndRemove(Throughput throughput) {
    require(queue.append(entry) == AppendResult.APPENDED);
    for (int i = 1; i < ENTRIES; i++) {
      require(queue.append(entry) == AppendResult.APPENDED);
      require(queue.read() != null);
      queue.remove(1);
    }
    throughput.add((long) ENTRIES * payloadBytes);
  }

  /** The peer: the same bytes at the end of one file, and an fsync each where the queue does one. */
  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public void plainFile(Throughput throughput) throws IOException {
    for (int i = 0; i < ENTRIES; i++) {
      ByteBuffer bytes = entry.get(0).buffer();
      while (bytes.hasRemaining()) {
        plain.write(bytes);
      }
      if (sync == QueueSync.FULL) {
        plain.force(false);
      }
    }
    throughput.add((long) ENTRIES * payloadBytes);
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalStateException("the queue refused");
    }
  }
}
