package cloud.gardener.logging.export.tls;

import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.export.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The trusted certificate authorities: those of a PEM file, else the system's, else the JVM's. The system's come
 * before the JVM's because operators add their own there.
 */
final class Authorities {
  private static final String JVM_TRUST_STORE = "javax.net.ssl.trustStore";

  /** The paths on Debian, Fedora, SUSE and Alpine. */
  private static final List<Path> SYSTEM_FILES =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"),
          Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
          Path.of("/etc/ssl/cert.pem"));

  private Authorities() {}

  /**
   * The file with the authorities; empty when the JVM's own are trusted.
   *
   * @param environment variables by name: {@code SSL_CERT_FILE} takes precedence over the usual paths
   */
  static String findFile(TlsConfig config, Function<String, String> environment) {
    if (!config.caFile().isEmpty() || System.getProperty(JVM_TRUST_STORE) != null) {
      return config.caFile();
    }
    return Stream.concat(
            Stream.ofNullable(environment.apply("SSL_CERT_FILE")).map(Path::of),
            SYSTEM_FILES.stream())
        .filter(Files::isReadable)
        .findFirst()
        .map(Path::toString)
        .orElse("");
  }

  /**
   * Reads the authorities.
   *
   * @param what the origin of the file, for the error message
   * @param file PEM, or empty for those of the JVM
   * @throws ExportException one line that names the file
   */
  static TrustManager load(String origin, String file) throws ExportException {
    if (!file.isEmpty()) {
      return fromFile(origin, Path.of(file));
    }
    try {
      return newTrustManager(null);
    } catch (GeneralSecurityException e) {
      throw new ExportException(
          "the JVM's certificate authorities: " + Reason.oneLine(e.toString()));
    }
  }

  private static TrustManager fromFile(String origin, Path file) throws ExportException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw new ExportException(origin + " '" + file + "': holds no certificate");
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("authority-" + count++, certificate);
      }
      return newTrustManager(store);
    } catch (IOException | GeneralSecurityException e) {
      throw new ExportException(
          origin + " '" + file + "': cannot be read: " + Reason.oneLine(e.toString()));
    }
  }

  /** @param store null for the JVM's own authorities */
  private static TrustManager newTrustManager(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return new NamingTrustManager(extended);
      }
    }
    throw new GeneralSecurityException("no X.509 trust manager");
  }
}
