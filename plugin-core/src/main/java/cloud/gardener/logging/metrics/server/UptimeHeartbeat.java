package cloud.gardener.logging.metrics.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The uptime that Fluent Bit's own HTTP server exposes at {@code /api/v2/metrics/prometheus}. It is the only value
 * of this server that distinguishes an idle engine from a stalled one: the engine itself updates it once a second,
 * with all its other metrics. (The counters of {@code /api/v1/metrics} do not change on an idle node, and the uptime
 * and the times below {@code /api/v1} are those of the request.)
 *
 * <p>Uses a plain socket, because an HTTP client would need more memory than the rest of this package.
 */
final class UptimeHeartbeat implements Heartbeat {
  private static final int TIMEOUT_MS = 2_000;

  /** The value is at the beginning of a response of many KiB. */
  private static final int HEAD_BYTES = 8 << 10;

  private static final Pattern UPTIME =
      Pattern.compile("(?m)^fluentbit_uptime(?:\\{[^}\r\n]*})? ([0-9]{1,15})(?:\\.0)?\\b");
  private static final byte[] REQUEST =
      "GET /api/v2/metrics/prometheus HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
          .getBytes(ISO_8859_1);

  private final int port;

  /** @param port of Fluent Bit's server on this host; 0 for none */
  UptimeHeartbeat(int port) {
    this.port = port;
  }

  @Override
  public long read() {
    if (port == 0) {
      return ABSENT;
    }
    try (Socket socket = new Socket(Proxy.NO_PROXY)) {
      socket.setSoTimeout(TIMEOUT_MS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
      socket.getOutputStream().write(REQUEST);
      Matcher uptime = UPTIME.matcher(readHead(socket.getInputStream()));
      // A response without it comes from another program, or from an old Fluent Bit.
      return uptime.find() ? Long.parseLong(uptime.group(1)) : ABSENT;
    } catch (ConnectException e) {
      return ABSENT;
    } catch (IOException e) {
      return SILENT;
    }
  }

  private static String readHead(InputStream answer) throws IOException {
    byte[] head = new byte[HEAD_BYTES];
    long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
    int length = 0;
    while (length < HEAD_BYTES && System.nanoTime() - endNs < 0) {
      int read = answer.read(head, length, HEAD_BYTES - length);
      if (read < 0) {
        break;
      }
      length += read;
    }
    return new String(head, 0, length, ISO_8859_1);
  }
}
