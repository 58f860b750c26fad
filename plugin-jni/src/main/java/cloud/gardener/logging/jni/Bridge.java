package cloud.gardener.logging.jni;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.gardener.logging.config.ConfigException;
import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.keys.ConfigKeys;
import cloud.gardener.logging.config.keys.ConfigReader;
import cloud.gardener.logging.config.keys.SectionReport;
import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.intake.FlushResult;
import cloud.gardener.logging.pipeline.Output;
import cloud.gardener.logging.queue.QueueException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The entry points for the C shim: open, flush, close. Only primitives, arrays and one direct buffer cross the
 * boundary, and no exception does.
 *
 * <p>Thread-safe. An output is identified by a handle, a positive number that is never reused.
 */
final class Bridge {
  private static final Logger LOG = Logger.getLogger(Bridge.class.getName());

  private static final List<String> KEYS = ConfigKeys.spellings();
  private static final Map<Long, Running> OUTPUTS = new ConcurrentHashMap<>();
  private static final TagCache TAGS = new TagCache();
  private static final AtomicLong LAST_HANDLE = new AtomicLong();

  /** Returned by {@link #open} when the output cannot start. */
  private static final long REFUSED = 0;

  /** An output and its log listener. */
  private record Running(Output output, HostLog.Listener logListener) {}

  private Bridge() {}

  /** Every spelling of every key, in UTF-8: the host cannot list the keys of a section. */
  static byte[][] keys() {
    return KEYS.stream().map(key -> key.getBytes(UTF_8)).toArray(byte[][]::new);
  }

  /**
   * Starts an output.
   *
   * @param values the host's value for each of {@link #keys()}, in UTF-8; null when not set
   * @return its handle; 0 when it cannot start, after each reason was logged in one line
   */
  static long open(byte[][] values) {
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        properties.put(KEYS.get(i), new String(values[i], UTF_8));
      }
    }
    try {
      return start(properties::get);
    } catch (ConfigException e) {
      HostLog.logErrors(e.problems().stream().map(ConfigException.Problem::text).toList(), Bridge::log);
    } catch (ExportException | QueueException e) {
      HostLog.logErrors(List.of(e.getMessage()), Bridge::log);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.SEVERE, "the output cannot start because of a defect", e);
    }
    Output.countRefused();
    return REFUSED;
  }

  private static long start(Function<String, String> section)
      throws ConfigException, ExportException, QueueException {
    PluginConfig config = ConfigReader.parse(section);
    HostLog.Listener log = HostLog.listen(config.logLevel(), Bridge::log);
    boolean started = false;
    try {
      StartLine.logOnce();
      MemoryUpkeep.startOnce();
      SectionReport report = SectionReport.of(section, config);
      Output output = Output.open(config, new ShimFlock());
      report.warnings().forEach(LOG::warning);
      LOG.info(report.effectiveSettings(output.seedRoute()));
      long handle = LAST_HANDLE.incrementAndGet();
      OUTPUTS.put(handle, new Running(output, log));
      started = true;
      return handle;
    } finally {
      if (!started) {
        log.close();
      }
    }
  }

  /**
   * Accepts one chunk.
   *
   * @param handle from {@link #open}
   * @param chunk a direct buffer over the host's memory, valid during the call only
   * @param tag the bytes of the chunk's tag
   * @return the code of a {@link FlushResult}
   */
  static int flush(long handle, ByteBuffer chunk, byte[] tag) {
    try {
      Running running = OUTPUTS.get(handle);
      return running == null
          ? FlushResult.RETRY.code()
          : running.output().flush(chunk, TAGS.text(tag)).code();
    } catch (Throwable e) {
      LOG.log(Level.SEVERE, "a flush failed because of a defect, the chunk will come again", e);
      return FlushResult.RETRY.code();
    }
  }

  /** Stops an output: drains what the backend accepts within the grace, and leaves the rest on disk. */
  static void close(long handle) {
    try {
      Running running = OUTPUTS.remove(handle);
      if (running != null) {
        try {
          running.output().close();
        } finally {
          running.logListener().close();
        }
      }
    } catch (Throwable e) {
      LOG.log(Level.SEVERE, "an output did not stop cleanly because of a defect", e);
    }
    if (OUTPUTS.isEmpty()) {
      collectGarbage();
    }
  }

  /**
   * Direct buffers and the JDK's HTTP client release their native memory, threads and files when they are garbage
   * collected. The heap alone would not trigger a collection for a long time, and each reload leaves some of them.
   */
  private static void collectGarbage() {
    System.gc();
  }

  /** Writes one message to the host's log; {@code level} is one of Fluent Bit's numbers. */
  private static native void log(int level, byte[] message);

  /**
   * Locks a file with flock(2); {@code path} is in UTF-8. Returns a descriptor for {@link #unlock}; -1 when somebody
   * holds the lock; another negative number, -1 - errno, when the file cannot be opened.
   */
  static native int lock(byte[] path);

  static native void unlock(int descriptor);

  /** Releases the free pages of malloc's arenas. */
  static native void trimMalloc();

  /** Takes the pages of the JVM's files that nobody uses out of the process. */
  static native void releasePages();
}
