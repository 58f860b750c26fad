package cloud.gardener.logging.export.tls;

import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.export.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** The client's certificate and its private key. */
final class ClientIdentity {
  private static final char[] NO_PASSWORD = {};
  private static final byte[] PROBE = {1, 2, 3, 4, 5, 6, 7, 8};

  private ClientIdentity() {}

  /**
   * Reads the two files and checks that they match: while they are being replaced, they may not.
   *
   * @param certFile PEM, the client's certificate first, then its chain to the authority
   * @param keyFile PEM, see {@link PrivateKeys}
   * @throws ExportException one line that names the file
   */
  static KeyManager load(String certFile, String keyFile) throws ExportException {
    Certificate[] chain = readChain(certFile);
    PrivateKey key = readKey(keyFile);
    try {
      if (!isPair(key, chain[0].getPublicKey())) {
        throw new ExportException(
            "TLSKeyFile '" + keyFile + "': is not the key of TLSCertFile '" + certFile + "'");
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setKeyEntry("client", key, NO_PASSWORD, chain);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return factory.getKeyManagers()[0];
    } catch (IOException | GeneralSecurityException e) {
      throw new ExportException(
          "TLSCertFile '" + certFile + "': cannot be used: " + Reason.oneLine(e.toString()));
    }
  }

  private static Certificate[] readChain(String file) throws ExportException {
    try {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(Path.of(file))))
              .toArray(new Certificate[0]);
      if (chain.length == 0) {
        throw new ExportException("TLSCertFile '" + file + "': holds no certificate");
      }
      return chain;
    } catch (IOException | GeneralSecurityException e) {
      throw new ExportException(
          "TLSCertFile '" + file + "': cannot be read: " + Reason.oneLine(e.toString()));
    }
  }

  private static PrivateKey readKey(String file) throws ExportException {
    try {
      return PrivateKeys.parse(Files.readString(Path.of(file), StandardCharsets.ISO_8859_1));
    } catch (GeneralSecurityException e) {
      throw new ExportException("TLSKeyFile '" + file + "': " + Reason.oneLine(e.getMessage()));
    } catch (IOException e) {
      throw new ExportException(
          "TLSKeyFile '" + file + "': cannot be read: " + Reason.oneLine(e.toString()));
    }
  }

  private static boolean isPair(PrivateKey privateKey, PublicKey publicKey)
      throws GeneralSecurityException {
    if (!family(privateKey.getAlgorithm()).equals(family(publicKey.getAlgorithm()))) {
      return false;
    }
    Signature signer = Signature.getInstance(signatureFor(privateKey));
    signer.initSign(privateKey);
    signer.update(PROBE);
    byte[] signature = signer.sign();
    signer.initVerify(publicKey);
    signer.update(PROBE);
    return signer.verify(signature);
  }

  /** JDKs name an algorithm by its family or by its curve. */
  private static String family(String algorithm) {
    return algorithm.startsWith("Ed") ? "EdDSA" : algorithm;
  }

  private static String signatureFor(PrivateKey key) throws GeneralSecurityException {
    return switch (family(key.getAlgorithm())) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      case "EdDSA" -> "EdDSA";
      default -> throw new GeneralSecurityException("keys of " + key.getAlgorithm());
    };
  }
}
