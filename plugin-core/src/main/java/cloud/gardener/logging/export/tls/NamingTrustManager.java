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
  private final X509ExtendedTrustManager delegate;

  NamingTrustManager(X509ExtendedTrustManager checks) {
    this.delegate = checks;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    try {
      delegate.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      throw withCertificate(chain, e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    try {
      delegate.checkServerTrusted(chain, authType, socket);
    } catch (CertificateException e) {
      throw withCertificate(chain, e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    try {
      delegate.checkServerTrusted(chain, authType);
    } catch (CertificateException e) {
      throw withCertificate(chain, e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    delegate.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    delegate.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    delegate.checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return delegate.getAcceptedIssuers();
  }

  /** Sets no cause, so that this message is the innermost one. */
  private static CertificateException withCertificate(X509Certificate[] chain, CertificateException refusal) {
    X509Certificate server = chain[0];
    return new CertificateException(
        "the server's certificate is refused: "
            + explain(server, rootCause(refusal))
            + ": '"
            + server.getSubjectX500Principal()
            + "', issued by '"
            + server.getIssuerX500Principal()
            + "'");
  }

  private static String explain(X509Certificate server, Throwable refusal) {
    String message = String.valueOf(refusal.getMessage());
    if (refusal instanceof CertificateExpiredException) {
      return "expired (" + message + ")";
    }
    if (refusal instanceof CertificateNotYetValidException) {
      return "not valid yet (" + message + ")";
    }
    if (refusal instanceof CertPathBuilderException) {
      return server.getSubjectX500Principal().equals(server.getIssuerX500Principal())
          ? "self-signed, and not among the trusted authorities"
          : "its issuer is not among the trusted authorities";
    }
    return refusal.getClass() == CertificateException.class ? "wrong name (" + message + ")" : message;
  }

  private static Throwable rootCause(Throwable refusal) {
    Throwable cause = refusal;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
