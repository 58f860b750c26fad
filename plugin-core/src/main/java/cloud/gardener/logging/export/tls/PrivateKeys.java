package cloud.gardener.logging.export.tls;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a private key from PEM text. The JDK reads only PKCS#8; the older formats contain the same key and are
 * wrapped in that structure:
 *
 * <pre>
 *   BEGIN PRIVATE KEY      PKCS#8  { 0, { algorithm, parameters }, OCTET STRING { key } }
 *   BEGIN RSA PRIVATE KEY  PKCS#1  the key alone; the algorithm is RSA
 *   BEGIN EC PRIVATE KEY   SEC1    the key alone: { 1, OCTET STRING, [0] curve, [1] public key };
 *                                  without [0], a block BEGIN EC PARAMETERS has the curve
 * </pre>
 *
 * <p>No message repeats any part of the text.
 */
final class PrivateKeys {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private static final byte[] VERSION_0 = {Der.INTEGER, 1, 0};

  /** The algorithm and its parameters (none). */
  private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");

  /** The algorithm; its parameters are the curve. */
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

  private PrivateKeys() {}

  /**
   * Parses the first private key of the text; certificates are skipped.
   *
   * @throws InvalidKeyException saying what is wrong with it
   */
  static PrivateKey parse(String pem) throws GeneralSecurityException {
    byte[] curve = null;
    for (Matcher block = BLOCK.matcher(pem); block.find(); ) {
      String body = block.group(2);
      switch (block.group(1)) {
        case "EC PARAMETERS" -> curve = decode(body);
        case "PRIVATE KEY" -> {
          return fromPkcs8(decode(body));
        }
        case "RSA PRIVATE KEY" -> {
          return fromPkcs8(pkcs8(decode(body), RSA));
        }
        case "EC PRIVATE KEY" -> {
          byte[] key = decode(body);
          return fromPkcs8(pkcs8(key, EC, curveOf(key, curve)));
        }
        case "ENCRYPTED PRIVATE KEY" -> throw encryptedKey();
        default -> {
          // For example, a certificate.
        }
      }
    }
    // The older formats say so in a separate line, whose dash ends what the pattern accepts in a block.
    if (pem.contains("ENCRYPTED")) {
      throw encryptedKey();
    }
    throw new InvalidKeyException(
        "holds no private key; accepted is PEM in PKCS#8, PKCS#1 or SEC1");
  }

  private static InvalidKeyException encryptedKey() {
    return new InvalidKeyException("the private key is encrypted; accepted is one that is not");
  }

  private static byte[] decode(String body) throws InvalidKeyException {
    if (body.contains("ENCRYPTED")) {
      throw encryptedKey();
    }
    try {
      return Base64.getMimeDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyException("the private key is not whole");
    }
  }

  private static byte[] pkcs8(byte[] key, byte[]... algorithm) {
    return Der.write(
        Der.SEQUENCE,
        VERSION_0,
        Der.write(Der.SEQUENCE, algorithm),
        Der.write(Der.OCTET_STRING, key));
  }

  /** The curve's identifier, with its tag and length. */
  private static byte[] curveOf(byte[] sec1, byte[] defaultCurve) throws InvalidKeyException {
    try {
      Der fields = new Der(new Der(sec1).read());
      while (fields.hasNext()) {
        boolean isCurve = fields.nextTag() == Der.FIELD_0;
        byte[] field = fields.read();
        if (isCurve) {
          return field;
        }
      }
    } catch (IndexOutOfBoundsException e) {
      throw new InvalidKeyException("the private key is not whole");
    }
    if (defaultCurve == null) {
      throw new InvalidKeyException("the private key does not name its curve");
    }
    return defaultCurve;
  }

  private static PrivateKey fromPkcs8(byte[] pkcs8) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException e) {
        // A key of another algorithm, or a broken one.
      }
    }
    throw new InvalidKeyException("the private key is broken, or neither RSA, EC nor EdDSA");
  }
}
