package cloud.gardener.logging.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * A folder for chunks that the plugin failed on again and again: their bytes as Fluent Bit gave them
 * (msgpack log events), one file a chunk, {@value #MAX_BYTES} bytes in all. Thread-safe.
 */
final class DeadLetters {
  static final long MAX_BYTES = 64 << 20;

  private final Path folder;

  DeadLetters(Path folder) {
    this.folder = folder;
  }

  /**
   * Keeps a copy of {@code chunk}.
   *
   * @return the file, or null when the folder is full
   * @throws IOException when the disk refuses
   */
  synchronized Path keep(ByteBuffer chunk, int id) throws IOException {
    Files.createDirectories(folder);
    if (bytes() + chunk.remaining() > MAX_BYTES) {
      return null;
    }
    Path file = folder.resolve(String.format("chunk-%08x.msgpack", id));
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = chunk.duplicate();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
    return file;
  }

  private long bytes() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(DeadLetters::size).sum();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
