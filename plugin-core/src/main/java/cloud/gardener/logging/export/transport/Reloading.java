package cloud.gardener.logging.export.transport;

import cloud.gardener.logging.export.ExportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An object that is created from files, and recreated when they change.
 *
 * <p>A sender calls {@link #current()} first, which checks the files at most every ten seconds: an idle target causes
 * no checks, a busy one few. A different file behind the same path counts as a change, which is how Kubernetes replaces
 * secrets. Files that cannot be used, such as incomplete ones, leave the previous object in place and cause one log
 * line. They are read again when they change, or at the next check when they were not at fault.
 *
 * <p>Thread-safe: one thread checks, the others continue with the current object. May read files, so do not call it
 * on the thread that drives the connections.
 *
 * @param <T> the type of the object
 */
public final class Reloading<T> {
  private static final Logger LOG = Logger.getLogger(Reloading.class.getName());
  private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final String what;
  private final List<Path> files;
  private final Loader<T> loader;
  private final LongSupplier nanoTime;
  private final AtomicLong checkedNanos;

  /** Guarded by this. */
  private List<String> fileStates;

  private volatile T value;

  @FunctionalInterface
  public interface Loader<T> {
    /**
     * Creates the object from the files.
     *
     * @throws ExportException one line: what is wrong with the files
     */
    T load() throws ExportException;
  }

  /**
   * Creates the object for the first time.
   *
   * @param what what the files are, for the log
   * @param nanoTime a monotonic clock
   * @throws ExportException as thrown by the loader
   */
  public Reloading(String what, List<Path> files, Loader<T> loader, LongSupplier nanoTime)
      throws ExportException {
    this.what = what;
    this.files = files;
    this.loader = loader;
    this.nanoTime = nanoTime;
    this.checkedNanos = new AtomicLong(nanoTime.getAsLong());
    this.fileStates = fileStates();
    this.value = loader.load();
  }

  /** The current object: a different one after a change. */
  public T current() {
    long nowNanos = nanoTime.getAsLong();
    long beforeNanos = checkedNanos.get();
    if (nowNanos - beforeNanos >= CHECK_NANOS
        && checkedNanos.compareAndSet(beforeNanos, nowNanos)) {
      reloadIfChanged();
    }
    return value;
  }

  private synchronized void reloadIfChanged() {
    // Taken before the files are read: the next check then detects a concurrent change.
    List<String> newStates = fileStates();
    if (newStates.equals(fileStates)) {
      return;
    }
    fileStates = newStates;
    try {
      value = loader.load();
      LOG.log(Level.INFO, "{0} changed and in use: {1}", new Object[] {what, files});
    } catch (ExportException e) {
      logKept(e.getMessage());
    } catch (RuntimeException | Error e) {
      fileStates = List.of(); // The files are not at fault, for example no memory: the next check tries again.
      logKept(e.toString());
    }
  }

  private void logKept(String reason) {
    LOG.log(
        Level.WARNING,
        "{0} changed but cannot be used, so what was read before stays in use: {1}",
        new Object[] {what, reason});
  }

  private List<String> fileStates() {
    return files.stream().map(Reloading::fileState).toList();
  }

  private static String fileState(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
    } catch (IOException e) {
      return "not there";
    }
  }
}
