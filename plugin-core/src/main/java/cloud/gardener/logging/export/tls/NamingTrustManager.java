package cloud.gardener.logging.export.tls;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Performs the JVM's checks, including the host name, and reports which certificate was refused and why: the JVM's
 * own "unable to find valid certification path" does not say so. Thread-safe.
 */
final class NamingTrustManager extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager checks;

  NamingTrustManager(X509ExtendedTrustManager checks) {
    this.checks = checks;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    try {
      checks.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      throw named(chain, e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    try {
      checks.checkServerTrusted(chain, authType, socket);
    } catch (CertificateException e) {
      throw named(chain, e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    try {
      checks.checkServerTrusted(chain, authType);
    } catch (CertificateException e) {
      throw named(chain, e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checks.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checks.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    checks.checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return checks.getAcceptedIssuers();
  }

  /** Sets no cause, so that this message is the innermost one. */
  private static CertificateException named(X509Certificate[] chain, CertificateException refusal) {
    X509Certificate server = chain[0];
    return new CertificateException(
        "the server's certificate is refused: "
            + why(server, innermost(refusal))
            + ": '"
            + server.getSubjectX500Principal()
            + "', issued by '"
            + server.getIssuerX500Principal()
            + "'");
  }

  private static String why(X509Certificate server, Throwable refusal) {
    String said = String.valueOf(refusal.getMessage());
    if (refusal instanceof CertificateExpiredException) {
      return "expired (" + said + ")";
    }
    if (refusal instanceof CertificateNotYetValidException) {
      return "not valid yet (" + said + ")";
    }
    if (refusal instanceof CertPathBuilderException) {
      return server.getSubjectX500Principal().equals(server.getIssuerX500Principal())
          ? "self-signed, and not among the trusted authorities"
          : "its issuer is not among the trusted authorities";
    }
    return refusal.getClass() == CertificateException.class ? "wrong name (" + said + ")" : said;
  }

  private static Throwable innermost(Throwable refusal) {
    Throwable innermost = refusal;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return innermost;
  }
}
