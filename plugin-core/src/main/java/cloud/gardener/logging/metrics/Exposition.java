package cloud.gardener.logging.metrics;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Writes a registry's metrics as a page, family by family. The client's writers end each family like a page: in
 * OpenMetrics with an end mark, which this class omits except for the last one.
 */
final class Exposition {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";
  private static final byte[] END = "# EOF\n".getBytes(US_ASCII);

  private Exposition() {}

  /** See {@link PluginMetrics#contentType}. */
  static String contentType(String accept) {
    return accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
  }

  static void write(FamilyRegistry families, OutputStream out, String contentType)
      throws IOException {
    if (!contentType.equals(OPEN_METRICS)) {
      ExpositionFormatWriter writer = PrometheusTextFormatWriter.create();
      families.forEach(snapshots -> writer.write(out, snapshots));
      return;
    }
    ExpositionFormatWriter writer = OpenMetricsTextFormatWriter.create();
    WithoutEnd body = new WithoutEnd(out);
    families.forEach(
        snapshots -> {
          writer.write(body, snapshots);
          body.endFamily();
        });
    out.write(END);
  }

  /** Holds back the last bytes of a family, and omits them when they are the end mark. */
  private static final class WithoutEnd extends OutputStream {
    private final OutputStream out;
    private final byte[] tail = new byte[END.length];
    private int count;

    WithoutEnd(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int flushed = Math.min(count, Math.max(0, count + length - tail.length));
      out.write(tail, 0, flushed);
      System.arraycopy(tail, flushed, tail, 0, count - flushed);
      count -= flushed;
      int retained = Math.min(length, tail.length - count);
      out.write(bytes, offset, length - retained);
      System.arraycopy(bytes, offset + length - retained, tail, count, retained);
      count += retained;
    }

    void endFamily() throws IOException {
      if (!Arrays.equals(tail, 0, count, END, 0, END.length)) {
        out.write(tail, 0, count);
      }
      count = 0;
    }
  }
}
