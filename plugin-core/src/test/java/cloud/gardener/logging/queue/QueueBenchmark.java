package cloud.gardener.logging.queue;

import cloud.gardener.logging.config.QueueSync;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Microseconds for an entry of 64 KiB through the queue, and for as many bytes written to a file. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class QueueBenchmark {
  private static final int ENTRY_BYTES = 64 << 10;
  private static final long FILE_BYTES = 8 << 20;

  private Path folder;
  private TestQueue normal;
  private TestQueue full;
  private FileChannel file;
  private List<QueueEntry> entry;
  private ByteBuffer bytes;

  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory("queue-benchmark");
    normal = new TestQueue(folder.resolve("normal")).sync(QueueSync.NORMAL).open();
    full = new TestQueue(folder.resolve("full")).sync(QueueSync.FULL).open();
    file =
        FileChannel.open(
            folder.resolve("file"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    entry = List.of(Entries.entry(1, ENTRY_BYTES, 250));
    bytes = ByteBuffer.wrap(entry.get(0).bytes());
  }

  @TearDown
  public void close() throws IOException {
    normal.close();
    full.close();
    file.close();
  }

  /** Append, read from memory, remove: survives the death of the process. */
  @Benchmark
  public QueueEntry normal() {
    return through(normal);
  }

  /** The same: survives a loss of power. */
  @Benchmark
  public QueueEntry full() {
    return through(full);
  }

  private QueueEntry through(TestQueue test) {
    test.queue.append(entry);
    QueueEntry read = test.queue.read();
    test.queue.remove(1);
    return read;
  }

  /** The peer: a write, at a new place each time, and nothing else. */
  @Benchmark
  public long plainWrite() throws IOException {
    if (file.position() > FILE_BYTES) {
      file.truncate(0);
    }
    return file.write(bytes.clear());
  }

  /** The peer of full. */
  @Benchmark
  public long plainWriteAndForce() throws IOException {
    long written = plainWrite();
    file.force(false);
    return written;
  }
}
