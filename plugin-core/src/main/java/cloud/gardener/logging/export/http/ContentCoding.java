package cloud.gardener.logging.export.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Decodes the content coding of a response body. The client requests none, but a proxy may apply one. */
final class ContentCoding {
  private static final int ZLIB_DEFLATE = 8;

  private ContentCoding() {}

  /**
   * A decoded body, truncated at the requested bound.
   *
   * @param isCut whether it was longer
   */
  record Decoded(byte[] body, boolean isTruncated) {}

  /**
   * Decodes a body.
   *
   * @param header the value of Content-Encoding; empty for none
   * @return null when the coding is unknown
   * @throws IOException when the body is damaged
   */
  static Decoded decode(String header, byte[] body, int maxBytes) throws IOException {
    String coding = header.strip().toLowerCase(Locale.ROOT);
    if (body.length == 0 || coding.isEmpty() || coding.equals("identity")) {
      return new Decoded(body, false);
    }
    return switch (coding) {
      case "gzip", "x-gzip" ->
          read(new GZIPInputStream(new ByteArrayInputStream(body)), maxBytes);
      case "deflate" -> inflate(body, maxBytes);
      default -> null;
    };
  }

  /** HTTP's "deflate" means the zlib format, but some servers send raw deflate. */
  private static Decoded inflate(byte[] body, int maxBytes) throws IOException {
    boolean zlib =
        body.length >= 2
            && (body[0] & 0x0f) == ZLIB_DEFLATE
            && ((body[0] & 0xff) << 8 | body[1] & 0xff) % 31 == 0;
    Inflater inflater = new Inflater(!zlib);
    try {
      return read(new InflaterInputStream(new ByteArrayInputStream(body), inflater), maxBytes);
    } finally {
      inflater.end();
    }
  }

  private static Decoded read(InputStream decoded, int maxBytes) throws IOException {
    try (decoded) {
      byte[] kept = decoded.readNBytes(maxBytes);
      return new Decoded(kept, decoded.read() >= 0);
    }
  }
}
