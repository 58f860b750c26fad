package cloud.gardener.logging.metrics.server;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A body that is compressed while it is written, at the cheapest level. */
final class GzipBody implements BodyWriter {
  private static final int PIECE_BYTES = 8 << 10;

  private final BodyWriter body;

  private GzipBody(BodyWriter body) {
    this.body = body;
  }

  /**
   * Compresses a response of unknown length if the client accepts that; others are short.
   *
   * @param acceptEncoding the client's header, or null
   */
  static PageResponse compress(PageResponse response, String acceptEncoding) {
    if (response.body().length() != UNKNOWN_LENGTH) {
      return response;
    }
    Map<String, String> headers = new TreeMap<>(response.headers());
    headers.put("Vary", "Accept-Encoding");
    BodyWriter body = response.body();
    if (acceptsGzip(acceptEncoding)) {
      headers.put("Content-Encoding", "gzip");
      body = new GzipBody(body);
    }
    return new PageResponse(response.status(), response.contentType(), headers, body);
  }

  /** Whether gzip is among the accepted codings, and not with weight 0. */
  static boolean acceptsGzip(String acceptEncoding) {
    for (String coding : (acceptEncoding == null ? "" : acceptEncoding).split(",")) {
      String[] parts = coding.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*");
      if (parts[0].equals("gzip")) {
        return parts.length == 1 || !parts[1].matches("q=0(\\.0*)?");
      }
    }
    return false;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    Deflater deflater = null;
    try {
      Gzip gzip = new Gzip(out);
      deflater = gzip.deflater();
      body.writeTo(gzip);
      gzip.finish(); // Only for a complete body: one that fails must not look complete.
    } finally {
      if (deflater != null) {
        deflater.end();
      }
    }
  }

  @Override
  public void close() {
    body.close();
  }

  /** Gives access to the deflater, whose native memory is released at once. */
  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream out) throws IOException {
      super(out, PIECE_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }

    Deflater deflater() {
      return def;
    }
  }
}
