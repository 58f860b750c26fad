package cloud.gardener.logging.export.tls;

import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.export.ExportException;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The TLS versions to offer. Versions below 1.2 are offered only when {@code TLSMinVersion} requests them, HTTP/2 is
 * not mandatory, and the JVM enables them, which JDKs do not by default.
 */
final class TlsVersions {
  private static final String DISABLED_ALGORITHMS = "jdk.tls.disabledAlgorithms";

  /** From the names in settings to the JVM's names. */
  private static final Map<String, String> NAMES =
      new TreeMap<>(
          Map.of("1.0", "TLSv1", "1.1", "TLSv1.1", "1.2", "TLSv1.2", "1.3", "TLSv1.3"));

  private TlsVersions() {}

  /**
   * The versions by their JVM names, lowest first.
   *
   * @throws ExportException one line when none is left
   */
  static List<String> of(TlsConfig config, TlsUse use) throws ExportException {
    return of(config, use, disabledVersions());
  }

  /** For tests: with the versions that the JVM disables. */
  static List<String> of(TlsConfig config, TlsUse use, Set<String> disabled) throws ExportException {
    boolean tooLow = use.isHttp2Only() && config.minVersion().compareTo("1.2") < 0;
    String min = tooLow ? "1.2" : config.minVersion();
    List<String> versions =
        NAMES.keySet().stream()
            .filter(version -> version.compareTo(min) >= 0)
            .filter(
                version ->
                    config.maxVersion().isEmpty() || version.compareTo(config.maxVersion()) <= 0)
            .map(NAMES::get)
            .filter(name -> !disabled.contains(name))
            .toList();
    if (versions.isEmpty()) {
      throw new ExportException(
          "TLSMaxVersion '" + config.maxVersion() + "': "
              + (use.isHttp2Only()
                  ? "HTTP/2 needs TLS 1.2 or newer"
                  : "the JVM has these versions switched off (" + DISABLED_ALGORITHMS + ")"));
    }
    return versions;
  }

  private static Set<String> disabledVersions() {
    String algorithms = Security.getProperty(DISABLED_ALGORITHMS);
    return algorithms == null
        ? Set.of()
        : Arrays.stream(algorithms.split(",")).map(String::strip).collect(Collectors.toSet());
  }
}
