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
 * Something that is made of files, and made again when they change.
 *
 * <p>Whoever sends asks for it {@link #now()} first, and so the files are looked at then, but not more
 * often than each ten seconds: an idle target costs no look, and a busy one hardly any. Another file
 * behind the same path counts as a change, which is how Kubernetes replaces secrets. Files that cannot
 * be used, such as half-written ones, leave what there was in place; one line says so, and they are
 * read again when they change again, or at the next look where they were not at fault.
 *
 * <p>Thread-safe: one thread looks, the others go on with what there is. May read files, so it is not
 * for the thread that drives the connections.
 *
 * @param <T> what is made
 */
public final class Reloading<T> {
  private static final Logger LOG = Logger.getLogger(Reloading.class.getName());
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final String what;
  private final List<Path> files;
  private final Loader<T> loader;
  private final LongSupplier nanoTime;
  private final AtomicLong lookedNanos;

  /** Guarded by this. */
  private List<String> states;

  private volatile T made;

  /** Reads the files. */
  @FunctionalInterface
  public interface Loader<T> {
    /**
     * Makes it anew.
     *
     * @throws ExportException one line: what is wrong with the files
     */
    T load() throws ExportException;
  }

  /**
   * Makes it for the first time.
   *
   * @param what the files are, for the log
   * @param nanoTime a monotonic clock
   * @throws ExportException as the loader says
   */
  public Reloading(String what, List<Path> files, Loader<T> loader, LongSupplier nanoTime)
      throws ExportException {
    this.what = what;
    this.files = files;
    this.loader = loader;
    this.nanoTime = nanoTime;
    this.lookedNanos = new AtomicLong(nanoTime.getAsLong());
    this.states = states();
    this.made = loader.load();
  }

  /** As the files have it: another object after a change. */
  public T now() {
    long nowNanos = nanoTime.getAsLong();
    long beforeNanos = lookedNanos.get();
    if (nowNanos - beforeNanos >= LOOK_NANOS
        && lookedNanos.compareAndSet(beforeNanos, nowNanos)) {
      look();
    }
    return made;
  }

  private synchronized void look() {
    // Before they are read: a change meanwhile is then seen by the next look.
    List<String> now = states();
    if (now.equals(states)) {
      return;
    }
    states = now;
    try {
      made = loader.load();
      LOG.log(Level.INFO, "{0} changed and in use: {1}", new Object[] {what, files});
    } catch (ExportException e) {
      keep(e.getMessage());
    } catch (RuntimeException | Error e) {
      states = List.of(); // Not the files' fault, such as no memory: the next look tries again.
      keep(e.toString());
    }
  }

  private void keep(String why) {
    LOG.log(
        Level.WARNING,
        "{0} changed but cannot be used, so what was read before stays in use: {1}",
        new Object[] {what, why});
  }

  private List<String> states() {
    return files.stream().map(Reloading::state).toList();
  }

  private static String state(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
    } catch (IOException e) {
      return "not there";
    }
  }
}
