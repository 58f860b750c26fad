package cloud.gardener.logging.metrics.server;

import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.metrics.ExportError;
import cloud.gardener.logging.metrics.Labels;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.metrics.QueueGauges;
import cloud.gardener.logging.metrics.TargetMetrics;
import cloud.gardener.logging.metrics.TrafficHistory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A process with many targets that all had traffic, whose {@code /metrics} and page are read over HTTP, first with an ordinary
 * heap and then with a heap in which almost nothing is free. Prints {@code name=value} lines. Arguments: how many
 * targets, and how many bytes are free for the second reading.
 */
final class ScrapeMain {
  private static final int BALLAST_BYTES = 64 << 10;
  private static final int TIMED = 5;

  private ScrapeMain() {}

  public static void main(String[] arguments) throws Exception {
    int targets = Integer.parseInt(arguments[0]);
    int freeBytes = Integer.parseInt(arguments[1]);
    try (ServedMetrics served = new ServedMetrics()) {
      long before = usedBytes();
      List<TargetMetrics> open = new ArrayList<>();
      for (int i = 0; i < targets; i++) {
        open.add(createTargetWithTraffic(served.metrics, i));
      }
      for (int period = 0; period < TrafficHistory.PERIODS; period++) {
        for (int i = 0; i < targets; i++) {
          open.get(i).incoming((long) i * period % 7);
          open.get(i).exported((long) i * period % 5);
        }
        served.metrics.sampleTraffic();
      }
      System.out.println("held=" + (usedBytes() - before));
      System.out.println("bytes=" + scrape("/metrics", served.port));
      System.out.println("cpuMillis=" + cpuMillis(served.metrics));
      System.out.println("statusMillis=" + statusMillis(served.port));
      System.out.println("tightBytes=" + scrapeWith(freeBytes, "/metrics", served.port));
      System.out.println("tightStatusBytes=" + scrapeWith(freeBytes, "/", served.port));
      if (open.isEmpty()) {
        throw new AssertionError("keeps the targets alive until here");
      }
    }
  }

  /** A shoot's target with each series that traffic over gRPC makes. */
  private static TargetMetrics createTargetWithTraffic(PluginMetrics metrics, int number) {
    String namespace = "shoot--project-" + number + "--cluster-name";
    String host = "opentelemetry-collector-collector." + namespace + ".svc.cluster.local";
    TargetMetrics target = metrics.openTarget(Labels.shoot(namespace, host + ":4317"));
    target.queue(new QueueGauges.Fixed(7, 2, 9_000_000));
    target.incoming(1000);
    target.output(1000);
    target.recovered(3);
    target.exported(990);
    target.exportStarted(10);
    target.exportEnded(10, 7_000_000);
    target.exportFailed(ExportError.RETRY, "UNAVAILABLE");
    target.dropped(DropReason.EXPORT_ERROR, 1);
    target.deliveryStopped("the backend fails: UNAVAILABLE: " + host);
    metrics.requestEnded(host, "LogsService/Export", "OK", 7_000_000, 30_000, 12);
    return target;
  }

  /** The processor's time for a page, the best of several: the machine may be busy. */
  private static long cpuMillis(PluginMetrics metrics) throws IOException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long bestNs = Long.MAX_VALUE;
    for (int i = 0; i < TIMED; i++) {
      long startNs = threads.getCurrentThreadCpuTime();
      metrics.write(OutputStream.nullOutputStream(), PluginMetrics.contentType(null));
      bestNs = Math.min(bestNs, threads.getCurrentThreadCpuTime() - startNs);
    }
    return bestNs / 1_000_000;
  }

  /** The time until a person has the whole page, the best of several. */
  private static long statusMillis(int port) throws IOException {
    long bestNs = Long.MAX_VALUE;
    for (int i = 0; i < TIMED; i++) {
      long startNs = System.nanoTime();
      scrape("/", port);
      bestNs = Math.min(bestNs, System.nanoTime() - startNs);
    }
    return bestNs / 1_000_000;
  }

  private static long scrapeWith(int freeBytes, String path, int port) throws IOException {
    Deque<byte[]> ballast = new ArrayDeque<>(1 << 12);
    byte[] reserve = new byte[freeBytes];
    try {
      while (reserve.length > 0) {
        ballast.add(new byte[BALLAST_BYTES]);
      }
    } catch (OutOfMemoryError e) {
      reserve = null;
    }
    long bytes = scrape(path, port);
    return ballast.isEmpty() ? 0 : bytes;
  }

  /** The length of the page's text; an IOException when it is not whole. */
  private static long scrape(String path, int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      byte[] piece = new byte[4 << 10];
      byte[] end = new byte[5];
      long bytes = 0;
      for (int read = in.read(piece); read > 0; read = in.read(piece)) {
        bytes += read;
        for (int i = Math.max(0, read - end.length); i < read; i++) {
          System.arraycopy(end, 1, end, 0, end.length - 1);
          end[end.length - 1] = piece[i];
        }
      }
      String last = new String(end, StandardCharsets.US_ASCII);
      if (!last.equals("0\r\n\r\n")) {
        throw new IOException("after " + bytes + " bytes the page is cut off");
      }
      return bytes;
    }
  }

  private static long usedBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
