package cloud.gardener.logging.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A classic Fluent Bit configuration with one tailed file and the plugin, which a test changes key by
 * key. The bundled host and the real Fluent Bit read the same text.
 */
public final class Configuration {
  private final Map<String, String> service = new LinkedHashMap<>();
  private final Map<String, String> input = new LinkedHashMap<>();
  private final Map<String, String> output = new LinkedHashMap<>();
  private final Map<String, String> second = new LinkedHashMap<>();

  public Configuration(Path logFile, Path queueDir) {
    service.put("Flush", "0.2");
    service.put("Grace", "5");
    service.put("Log_Level", "info");
    service.put("Hot_Reload", "On");
    input.put("Name", "tail");
    input.put("Tag", "kubernetes.*");
    input.put("Path", logFile.toString());
    input.put("Read_from_Head", "On");
    input.put("Refresh_Interval", "1");
    output.put("Name", "gardener");
    output.put("Match", "*");
    output.put("Retry_Limit", "no_limits");
    output.put("Insecure", "true");
    output.put("MetricsPort", Integer.toString(freePort()));
    output.put("DQueDir", queueDir.toString());
    output.put("DQueBatchProcessorExportInterval", "100ms");
    output.put("RetryInitialInterval", "100ms");
    output.put("RetryMaxInterval", "500ms");
  }

  public Configuration service(String key, String value) {
    service.put(key, value);
    return this;
  }

  public Configuration input(String key, String value) {
    input.put(key, value);
    return this;
  }

  public Configuration output(String key, String value) {
    output.put(key, value);
    return this;
  }

  /** Another output of the plugin, with this one's keys but for those that are given in turn. */
  public Configuration secondOutput(String... keysAndValues) {
    second.clear();
    second.putAll(output);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      second.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return this;
  }

  /** Sends to an OTLP/gRPC server on this machine. */
  public Configuration to(int port) {
    return output("SeedType", "otlp_grpc").output("Endpoint", "127.0.0.1:" + port);
  }

  public int metricsPort() {
    return Integer.parseInt(output.get("MetricsPort"));
  }

  @Override
  public String toString() {
    return section("SERVICE", service)
        + section("INPUT", input)
        + section("OUTPUT", output)
        + (second.isEmpty() ? "" : section("OUTPUT", second));
  }

  private static String section(String name, Map<String, String> keys) {
    StringBuilder text = new StringBuilder("[" + name + "]\n");
    keys.forEach((key, value) -> text.append("    ").append(key).append(' ').append(value).append('\n'));
    return text.toString();
  }

  /** A port that was free a moment ago; the metrics server does without one that is taken. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
