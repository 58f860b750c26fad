package cloud.gardener.logging.export.clients;

import cloud.gardener.logging.config.ConfigException;
import cloud.gardener.logging.config.HeadersFile;
import cloud.gardener.logging.config.value.Headers;
import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.export.transport.Reloading;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The files of {@code HeadersFile}; one check of a file serves all clients. Thread-safe. */
final class HeaderFiles {
  private final LongSupplier nanoTime;
  private final Map<Path, Reloading<Headers>> files = new HashMap<>();

  /** @param nanoTime a monotonic clock, which determines when files are checked */
  HeaderFiles(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * The headers of a file; null for no file.
   *
   * @throws ExportException one line: what is wrong with the file
   */
  synchronized Reloading<Headers> get(Optional<Path> file) throws ExportException {
    if (file.isEmpty()) {
      return null;
    }
    Path path = file.get();
    Reloading<Headers> headers = files.get(path);
    if (headers == null) {
      headers = new Reloading<>("HeadersFile", List.of(path), () -> load(path), nanoTime);
      files.put(path, headers);
    }
    return headers;
  }

  private static Headers load(Path path) throws ExportException {
    try {
      return HeadersFile.read(path);
    } catch (ConfigException e) {
      throw new ExportException(e.getMessage());
    }
  }
}
