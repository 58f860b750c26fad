package cloud.gardener.logging.export.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.pkitesting.CertificateBuilder.Algorithm;
import java.io.StringWriter;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys written by Bouncy Castle and by the JDK, read by us. */
class PrivateKeysTest {

  @ParameterizedTest
  @EnumSource(
      value = Algorithm.class,
      names = {"rsa2048", "ecp256", "ecp384", "ed25519"})
  void shouldReadPkcs8(Algorithm algorithm) throws Exception {
    PrivateKey key = newKey(algorithm);
    PrivateKey read = PrivateKeys.parse(pem("PRIVATE KEY", key.getEncoded()));
    assertArrayEquals(key.getEncoded(), read.getEncoded());
  }

  @Test
  void shouldReadPkcs1() throws Exception {
    RSAPrivateCrtKey key = (RSAPrivateCrtKey) newKey(Algorithm.rsa2048);
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(key);
    }
    String pem = text.toString();
    assertEquals("-----BEGIN RSA PRIVATE KEY-----", pem.lines().findFirst().orElseThrow());
    RSAPrivateCrtKey read = (RSAPrivateCrtKey) PrivateKeys.parse(pem);
    assertEquals(key.getModulus(), read.getModulus());
    assertEquals(key.getPrivateExponent(), read.getPrivateExponent());
  }

  @ParameterizedTest
  @CsvSource({"ecp256, 256, 1.2.840.10045.3.1.7", "ecp384, 384, 1.3.132.0.34"})
  void shouldReadSec1(Algorithm algorithm, int bits, String curve) throws Exception {
    KeyPair pair = algorithm.generateKeyPair(new SecureRandom());
    ECPrivateKey key = (ECPrivateKey) pair.getPrivate();
    byte[] sec1 =
        new org.bouncycastle.asn1.sec.ECPrivateKey(
                bits,
                key.getS(),
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded())
                    .getPublicKeyData(),
                new ASN1ObjectIdentifier(curve))
            .getEncoded();
    assertSame(key, PrivateKeys.parse(pem("EC PRIVATE KEY", sec1)));
  }

  @Test
  void shouldTakeTheCurveFromItsOwnBlock() throws Exception {
    ECPrivateKey key = (ECPrivateKey) newKey(Algorithm.ecp256);
    byte[] bare =
        new org.bouncycastle.asn1.sec.ECPrivateKey(256, key.getS()).getEncoded();
    ASN1ObjectIdentifier curve = SECObjectIdentifiers.secp256r1;
    assertSame(
        key,
        PrivateKeys.parse(
            pem("EC PARAMETERS", curve.getEncoded()) + pem("EC PRIVATE KEY", bare)));
    assertRefused("the private key does not name its curve", pem("EC PRIVATE KEY", bare));
  }

  @Test
  void shouldFindTheKeyBesideCertificatesAndText() throws Exception {
    PrivateKey key = newKey(Algorithm.ecp256);
    String pem =
        "Bag Attributes\r\n    friendlyName: client\r\n"
            + Pki.CA.getCertificatePEM()
            + pem("PRIVATE KEY", key.getEncoded()).replace("\n", "\r\n");
    assertArrayEquals(key.getEncoded(), PrivateKeys.parse(pem).getEncoded());
  }

  @Test
  void shouldRejectEncryptedKeys() throws Exception {
    String refusal = "the private key is encrypted; accepted is one that is not";
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(
          newKey(Algorithm.rsa2048),
          new JcePEMEncryptorBuilder("AES-128-CBC")
              .setProvider(new BouncyCastleProvider())
              .build("password".toCharArray()));
    }
    assertRefused(refusal, text.toString());
    assertRefused(refusal, pem("ENCRYPTED PRIVATE KEY", new byte[100]));
  }

  @Test
  void shouldRejectTextWithoutAKey() throws Exception {
    String none = "holds no private key; accepted is PEM in PKCS#8, PKCS#1 or SEC1";
    assertRefused(none, "");
    assertRefused(none, Pki.CA.getCertificatePEM());
    String key = pem("PRIVATE KEY", newKey(Algorithm.ecp256).getEncoded());
    assertRefused(none, key.substring(0, key.length() / 2));
    String broken = "the private key is broken, or neither RSA, EC nor EdDSA";
    assertRefused(broken, pem("PRIVATE KEY", new byte[40]));
    assertRefused(broken, pem("RSA PRIVATE KEY", new byte[40]));
    assertRefused("the private key is not whole", pem("EC PRIVATE KEY", new byte[] {48, 127, 1}));
    assertRefused("the private key is not whole", pem("EC PRIVATE KEY", new byte[0]));
  }

  private static void assertRefused(String message, String pem) {
    InvalidKeyException refusal =
        assertThrows(InvalidKeyException.class, () -> PrivateKeys.parse(pem));
    assertEquals(message, refusal.getMessage());
  }

  private static void assertSame(ECPrivateKey key, PrivateKey read) {
    assertEquals(key.getS(), ((ECPrivateKey) read).getS());
    assertEquals(
        key.getParams().getCurve(), ((ECPrivateKey) read).getParams().getCurve());
  }

  private static PrivateKey newKey(Algorithm algorithm) throws Exception {
    KeyPair pair = algorithm.generateKeyPair(new SecureRandom());
    return pair.getPrivate();
  }

  private static String pem(String name, byte[] der) {
    return "-----BEGIN " + name + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END " + name + "-----\n";
  }
}
