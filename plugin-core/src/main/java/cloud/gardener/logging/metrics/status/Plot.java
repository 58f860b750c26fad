package cloud.gardener.logging.metrics.status;

import cloud.gardener.logging.metrics.TrafficHistory;
import java.io.IOException;
import java.util.stream.IntStream;

/** Draws a target's traffic of the last minutes as a small SVG image: in as an area, out as a line. */
final class Plot {
  private static final int STEP = 2;
  private static final int WIDTH = (TrafficHistory.PERIODS - 1) * STEP;
  private static final int HEIGHT = 24;

  private Plot() {}

  static void write(TrafficHistory traffic, Html html) throws IOException {
    int[] in = traffic.in();
    int[] out = traffic.out();
    int max = IntStream.concat(IntStream.of(in), IntStream.of(out)).max().orElse(0);
    if (max == 0) {
      html.element("span", "quiet", "no traffic");
      return;
    }
    String label =
        "last 15 minutes, at most " + Amounts.rate((double) max / TrafficHistory.PERIOD_SECONDS)
            + " records per second";
    html.raw("<svg viewBox=\"-1 -1 " + (WIDTH + 2) + " " + (HEIGHT + 2) + "\" role=\"img\" aria-label=\"").text(label)
        .raw("\"><title>").text(label).raw("</title>")
        .raw("<path class=\"in\" d=\"M0 " + HEIGHT + line(in, max) + "L" + WIDTH + " " + HEIGHT + "Z\"/>")
        .raw("<path class=\"out\" d=\"" + line(out, max).replaceFirst("L", "M") + "\"/></svg>");
  }

  /** The corners of the line: where it stays level, only the ends. */
  private static String line(int[] values, int max) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      int y = y(values[i], max);
      boolean level =
          i > 0 && i < values.length - 1 && y == y(values[i - 1], max) && y == y(values[i + 1], max);
      if (!level) {
        line.append('L').append(i * STEP).append(' ').append(y);
      }
    }
    return line.toString();
  }

  private static int y(int value, int max) {
    return HEIGHT - (int) Math.round((double) value * HEIGHT / max);
  }
}
