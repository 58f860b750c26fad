package cloud.gardener.logging.kubernetes;

import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;

/**
 * The JVM's cipher suites, with ChaCha20 first. The API server chooses the suite that the client prefers. The JVM of the
 * plugin compiles with C1 alone, which does not use the processor's AES instructions: AES-GCM then costs four times as
 * much as ChaCha20.
 */
final class CipherOrder {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private CipherOrder() {}

  /** Returns the JVM's defaults in that order. An API server without ChaCha20 chooses another suite. */
  static SSLParameters apply(SSLParameters defaults) {
    return new SSLParameters(
        Stream.of(defaults.getCipherSuites()).sorted(CipherOrder::compare).toArray(String[]::new), PROTOCOLS);
  }

  private static int compare(String one, String other) {
    return Boolean.compare(isChaCha20(other), isChaCha20(one));
  }

  private static boolean isChaCha20(String suite) {
    return suite.contains("_CHACHA20_");
  }
}
