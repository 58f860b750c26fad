package cloud.gardener.logging.export.tls;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts any certificate for any name: the key {@code TLSInsecureSkipVerify}. The JVM adds no name check to an
 * extended trust manager. Thread-safe.
 */
final class InsecureTrustManager extends X509ExtendedTrustManager {
  private static final X509Certificate[] NO_ISSUERS = {};

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
    // Trusted.
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
    // Trusted.
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) {
    // Trusted.
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
    // Trusted.
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
    // Trusted.
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) {
    // Trusted.
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return NO_ISSUERS;
  }
}
