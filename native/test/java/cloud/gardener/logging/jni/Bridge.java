package cloud.gardener.logging.jni;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Replaces the plugin's Bridge in the shim's tests: the same calls, with a behavior that the output's properties
 * select. Logs what it receives to the host's log.
 */
final class Bridge {
  /** The keys up to {@code When} belong to the tests; the others are the host's, which no host passes on. */
  private static final List<String> KEYS =
      List.of(
          "Label", "Open", "Act", "Parties", "When",
          "Name", "Match", "Log_Level", "Retry_Limit", "Workers");

  private static final int INFO = 3;
  private static final Map<Long, Instance> INSTANCES = new ConcurrentHashMap<>();
  private static final AtomicLong LAST_HANDLE = new AtomicLong();

  private Bridge() {}

  static byte[][] keys() {
    return KEYS.stream().map(key -> key.getBytes(UTF_8)).toArray(byte[][]::new);
  }

  static long open(byte[][] values) {
    Map<String, String> properties = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        properties.put(KEYS.get(i), new String(values[i], UTF_8));
      }
    }
    logLine("open " + properties);
    switch (properties.getOrDefault("Open", "ok")) {
      case "ok":
        break;
      case "refuse":
        return 0;
      default:
        throw new IllegalStateException("no open", new IllegalArgumentException("on demand"));
    }
    long handle = LAST_HANDLE.incrementAndGet();
    INSTANCES.put(handle, new Instance(properties));
    return handle;
  }

  static int flush(long handle, ByteBuffer chunk, byte[] tag) throws Exception {
    return INSTANCES.get(handle).flush(chunk, new String(tag, UTF_8));
  }

  static void close(long handle) {
    logLine("close " + INSTANCES.remove(handle));
  }

  /** Writes a line that tests search for. */
  static void logLine(String text) {
    log(INFO, ("[bridge] " + text).getBytes(UTF_8));
  }

  /** Logs a message of this many lines, longer than the host's limit for one message. */
  static void logLines(int lines) {
    String[] text = new String[lines];
    Arrays.setAll(text, i -> "long line " + i + " of a message that the host takes in pieces only");
    logLine(String.join("\n", text));
  }

  private static native void log(int level, byte[] message);

  private static native int lock(byte[] path);

  private static native void unlock(int descriptor);

  private static native void trimMalloc();

  private static native void releasePages();
}
