package cloud.gardener.logging.jni;

import cloud.gardener.logging.config.Version;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One line for the process, before those of its outputs: what runs here. */
final class StartLine {
  private static final Logger LOG = Logger.getLogger(StartLine.class.getName());

  private static final AtomicBoolean LOGGED = new AtomicBoolean();

  private StartLine() {}

  /** Logs the line once, when the first output starts whose {@code LogLevel} lets it through. */
  static void logOnce() {
    if (LOG.isLoggable(Level.INFO) && LOGGED.compareAndSet(false, true)) {
      LOG.info(text(System::getProperty, Runtime.getRuntime().maxMemory()));
    }
  }

  /**
   * Returns the line.
   *
   * @param property looks up a system property
   * @param maxHeapBytes of this JVM
   */
  static String text(UnaryOperator<String> property, long maxHeapBytes) {
    return "version " + Version.current()
        + ", Java " + property.apply("java.vm.version") + " in " + property.apply("java.home")
        + ", heap of at most " + (maxHeapBytes >> 20) + " MiB, "
        + AotCache.unusedReason(property).map(reason -> reason + " (the start takes longer)").orElse("AOT cache in use");
  }
}
