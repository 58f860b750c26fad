package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.LoggedLines;
import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.keys.ConfigReader;
import cloud.gardener.logging.event.MsgPack;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log line about a backend that cannot be reached, with the real messages of both transports. */
class NetworkAdviceTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void shouldNameTheEndpointWhereNothingListens(String type) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String line = lineOf(type, "127.0.0.1:" + port);
    assertTrue(line.contains("127.0.0.1:" + port + " accepts no records, they wait on disk: "), line);
    assertTrue(line.endsWith(". Nothing listens there: check the port, and whether the backend runs"), line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void shouldSayThatANameIsUnknown(String type) throws Exception {
    String line = lineOf(type, "nowhere.invalid:4317");
    assertTrue(line.contains("nowhere.invalid:4317 accepts no records"), line);
    assertTrue(line.endsWith("check the endpoint, and the DNS policy of the pod"), line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void shouldSayThatThereIsNoAnswer(String type) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String line = lineOf(type, "127.0.0.1:" + silent.getLocalPort());
      assertTrue(line.endsWith("network policies and firewalls, or raise Timeout"), line);
    }
  }

  @Test
  void shouldAddNothingToWhatItDoesNotKnow() {
    assertEquals("HTTP 503: busy", NetworkAdvice.addTo("HTTP 503: busy"));
  }

  private String lineOf(String type, String endpoint) throws Exception {
    Map<String, String> section = new HashMap<>();
    section.put("SeedType", type);
    section.put("Endpoint", endpoint);
    section.put("Insecure", "true");
    section.put("Timeout", "500ms");
    section.put("DQueDir", folder.toString());
    section.put("DQueBatchProcessorExportInterval", "10ms");
    section.put("MetricsPort", "0");
    section.put("ShutdownGrace", "0s");
    PluginConfig config = ConfigReader.parse(section::get);
    try (LoggedLines lines = new LoggedLines(TargetLog.class);
        Output output = Output.open(config, Flocks.FREE)) {
      MsgPack chunk = new MsgPack();
      chunk.event(1_700_000_000, 0, Map.of(), Map.of("log", "text"));
      output.flush(chunk.chunk(), "kubernetes.pod");
      RoutedOutput.await("the line", () -> !lines.containing("accepts no records").isEmpty());
      return lines.containing("accepts no records").get(0);
    }
  }
}
