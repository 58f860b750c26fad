package cloud.gardener.logging.metrics.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** Against servers that answer as Fluent Bit and others do. */
class UptimeHeartbeatTest {
  @Test
  void shouldReadTheUptimeOfFluentBit4() throws Exception {
    assertEquals(
        3721,
        readFrom(
            "HTTP/1.1 200 OK\r\nServer: Monkey/1.8.6\r\nTransfer-Encoding: chunked\r\n\r\n2341\r\n"
                + "# HELP fluentbit_uptime Number of seconds that Fluent Bit has been running.\n"
                + "# TYPE fluentbit_uptime counter\n"
                + "fluentbit_uptime{hostname=\"node\"} 3721\n"
                + "# HELP fluentbit_logger_logs_total Total number of logs\n"));
  }

  @Test
  void shouldReadTheUptimeOfFluentBit5() throws Exception {
    assertEquals(
        8,
        readFrom(
            "HTTP/1.1 200\r\nserver: Fluent Bit\r\ncontent-length: 9025\r\n\r\n"
                + "# TYPE fluentbit_uptime counter\n"
                + "fluentbit_uptime{hostname=\"node\"} 8\n"
                + "fluentbit_hot_reloaded_times{hostname=\"node\"} 0\n"));
  }

  @Test
  void shouldReportAbsentForAnotherProgram() throws Exception {
    assertEquals(Heartbeat.ABSENT, readFrom("HTTP/1.1 404 Not Found\r\n\r\n"));
    assertEquals(Heartbeat.ABSENT, readFrom("fluentbit_uptime_other 5\n"));
    assertEquals(Heartbeat.ABSENT, readFrom("# fluentbit_uptime 5\n"));
    assertEquals(Heartbeat.ABSENT, readFrom("x".repeat(1 << 20)));
    assertEquals(Heartbeat.ABSENT, readFrom(""));
  }

  @Test
  void shouldDistinguishAClosedPortFromASilentServer() throws Exception {
    int port;
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = silent.getLocalPort();
      assertEquals(Heartbeat.SILENT, new UptimeHeartbeat(port).read());
    }
    assertEquals(Heartbeat.ABSENT, new UptimeHeartbeat(port).read());
    assertEquals(Heartbeat.ABSENT, new UptimeHeartbeat(0).read());
  }

  /** What the heartbeat reads from a server that gives one answer and closes. */
  private static long readFrom(String answer) throws IOException, InterruptedException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> respond(server, answer));
      thread.start();
      long count = new UptimeHeartbeat(server.getLocalPort()).read();
      thread.join();
      return count;
    }
  }

  private static void respond(ServerSocket server, String answer) {
    try (Socket socket = server.accept()) {
      socket.getOutputStream().write(answer.getBytes(UTF_8));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // The client has read as much as it wants and is gone.
    }
  }
}
