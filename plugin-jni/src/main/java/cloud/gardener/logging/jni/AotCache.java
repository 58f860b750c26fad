package cloud.gardener.logging.jni;

import java.util.Optional;
import java.util.function.UnaryOperator;

/** Whether the JVM uses the AOT cache of the plugin's classes. Without it the plugin works, but costs more. */
final class AotCache {
  /** The cache that the shim has named to the JVM: set where there is one beside the JVM. */
  private static final String FILE = "gardener.aot.cache";

  private AotCache() {}

  /**
   * Why the cache is not in use; empty if it is.
   *
   * @param property looks up a system property
   */
  static Optional<String> unusedReason(UnaryOperator<String> property) {
    String file = property.apply(FILE);
    if (file == null) {
      return Optional.of("no AOT cache for this Java");
    }
    // The JVM ignores a cache of another JVM or of other jars. The runtime has no other archive to share.
    return property.apply("java.vm.info").contains("sharing")
        ? Optional.empty()
        : Optional.of("AOT cache not in use: " + file
            + " is not of this Java and these jars, or an option of the JVM excludes it");
  }
}
