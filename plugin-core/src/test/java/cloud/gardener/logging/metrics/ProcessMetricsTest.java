package cloud.gardener.logging.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process' metrics, from files as Linux writes them. */
class ProcessMetricsTest {
  @TempDir private Path proc;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(
        proc.resolve("stat"),
        "4711 (fluent ) bit) S 1 4711 4711 0 -1 4194304 9000 0 20 0 1250 375 0 0 20 0 12 0 100 1 2 3\n");
    Files.writeString(
        proc.resolve("status"),
        "Name:\tfluent-bit\nVmPeak:\t  500000 kB\nVmSize:\t  400000 kB\nVmRSS:\t  120000 kB\nThreads:\t12\n");
    Files.writeString(
        proc.resolve("limits"),
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max cpu time              unlimited            unlimited            seconds
        Max open files            4096                 524288               files
        Max address space         8589934592           unlimited            bytes
        """);
    for (String descriptor : "fd fd/0 fd/1 fd/7".split(" ")) {
      Files.createDirectory(proc.resolve(descriptor));
    }
    Files.createDirectory(proc.resolve("net"));
    Files.writeString(
        proc.resolve("net/netstat"),
        """
        TcpExt: SyncookiesSent SyncookiesRecv
        TcpExt: 0 0
        IpExt: InNoRoutes InTruncatedPkts InOctets OutOctets InMcastOctets
        IpExt: 0 0 123456 654321 7
        """);
  }

  @Test
  void shouldReadTheFilesOfTheKernel() throws IOException {
    PrometheusText scrape = scrape();

    assertEquals(16.25, scrape.value("process_cpu_seconds_total"));
    assertEquals(120_000 * 1024, scrape.value("process_resident_memory_bytes"));
    assertEquals(3, scrape.value("process_open_fds"));
    assertEquals(4096, scrape.value("process_max_fds"));
    assertEquals(
        ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli() / 1000.0,
        scrape.value("process_start_time_seconds"));
    assertEquals(400_000 * 1024, scrape.value("process_virtual_memory_bytes"));
    assertEquals(8_589_934_592.0, scrape.value("process_virtual_memory_max_bytes"));
    assertEquals(123_456, scrape.value("process_network_receive_bytes_total"));
    assertEquals(654_321, scrape.value("process_network_transmit_bytes_total"));
  }

  @Test
  void shouldReportNoLimitAsTheLargestNumber() throws IOException {
    Files.writeString(
        proc.resolve("limits"), "Max address space         unlimited            unlimited            bytes\n");

    assertEquals(18_446_744_073_709_551_615.0, scrape().value("process_virtual_memory_max_bytes"));
  }

  @Test
  void shouldLeaveOutMetricsOfUnreadableFiles() throws IOException {
    Files.delete(proc.resolve("net/netstat"));
    Files.writeString(proc.resolve("stat"), "garbage");
    Files.writeString(proc.resolve("limits"), "Max address space         many\n");

    PrometheusText scrape = scrape();

    assertFalse(scrape.hasSeries("process_network_receive_bytes_total"));
    assertFalse(scrape.hasSeries("process_cpu_seconds_total"));
    assertFalse(scrape.hasSeries("process_virtual_memory_max_bytes"));
    assertTrue(scrape.hasSeries("process_resident_memory_bytes"));
  }

  @Test
  void shouldReadThisProcess() throws IOException {
    try (PluginMetrics metrics = new PluginMetrics("1")) {
      PrometheusText scrape = PrometheusText.scrape(metrics);

      assertTrue(scrape.value("process_cpu_seconds_total") > 0);
      assertTrue(scrape.value("process_resident_memory_bytes") > 1 << 20);
      assertTrue(scrape.hasSeries("process_network_transmit_bytes_total"));
    }
  }

  private PrometheusText scrape() throws IOException {
    try (PluginMetrics metrics = new PluginMetrics("1", proc)) {
      return PrometheusText.scrape(metrics);
    }
  }
}
