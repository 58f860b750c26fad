package cloud.gardener.logging.seed;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/**
 * VictoriaLogs from PATH, on 127.0.0.1. One process serves all tenants, who are told apart by the header {@code
 * AccountID}. What was sent is to be seen about a second later; {@link #count} and {@link #rows} ask it to hurry.
 */
public final class VictoriaLogs implements AutoCloseable {
  public static final String PROGRAM = "victoria-logs";

  /** The header that names the fields of a stream. */
  public static final String STREAM_FIELDS = "VL-Stream-Fields";

  /** The header that names a tenant. */
  public static final String TENANT = "AccountID";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> ROW = new TypeReference<>() {};
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path folder;
  private final int port;
  private Daemon process;

  private VictoriaLogs(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Starts it on a free port; {@code folder} keeps its data and its log. */
  public static VictoriaLogs start(Path folder) throws IOException, InterruptedException {
    return start(folder, Ports.free());
  }

  /** The same, on a port. */
  public static VictoriaLogs start(Path folder, int port) throws IOException, InterruptedException {
    VictoriaLogs logs = new VictoriaLogs(Files.createDirectories(folder), port);
    logs.run();
    return logs;
  }

  private void run() throws IOException, InterruptedException {
    process =
        Daemon.start(
            folder.resolve(PROGRAM + ".log"),
            List.of(
                Programs.path(PROGRAM).toString(),
                "-storageDataPath=" + folder.resolve("data"),
                "-httpListenAddr=127.0.0.1:" + port,
                "-retentionPeriod=100y",
                "-memory.allowedBytes=512MB"));
    try {
      process.await("it answers", () -> "OK".equals(get("/health", Map.of(), 0)));
    } catch (IOException | InterruptedException e) {
      process.close();
      throw e;
    }
  }

  /** Where OTLP over HTTP goes. The header {@link #TENANT} says to whom, {@link #STREAM_FIELDS} is wanted. */
  public String insertUrl() {
    return url() + "/insert/opentelemetry/v1/logs";
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /** How many records of a tenant a query finds; {@code *} is all. */
  public long count(int tenant, String logsQl) throws IOException, InterruptedException {
    return Long.parseLong(rows(tenant, logsQl + " | stats count() as records").get(0).get("records"));
  }

  /** The rows of an answer: fields and their values, in no order. */
  public List<Map<String, String>> rows(int tenant, String logsQl)
      throws IOException, InterruptedException {
    get("/internal/force_flush", Map.of(), tenant);
    return seenRows(tenant, logsQl);
  }

  /** The same, of what is to be seen by now. */
  public List<Map<String, String>> seenRows(int tenant, String logsQl)
      throws IOException, InterruptedException {
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : get("/select/logsql/query", Map.of("query", logsQl), tenant).lines().toList()) {
      rows.add(JSON.readValue(line, ROW));
    }
    return rows;
  }

  private String get(String path, Map<String, String> parameters, int tenant)
      throws IOException, InterruptedException {
    StringBuilder query = new StringBuilder();
    parameters.forEach(
        (key, value) ->
            query
                .append(query.isEmpty() ? "?" : "&")
                .append(key)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path + query))
            .header(TENANT, Integer.toString(tenant))
            .timeout(ANSWER_TIMEOUT)
            .build();
    var response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(path + parameters + " was answered with " + response.statusCode() + ": " + response.body());
    }
    return response.body();
  }

  /** Whether it runs: some requests kill it. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Stops it, and starts it again on the same port with the same data. */
  public void restart() throws IOException, InterruptedException {
    process.close();
    run();
  }

  /**
   * Ends it as a crash does; {@link #restart} brings it back. What it has acknowledged in its last five seconds may be
   * gone: it writes to disk that often ({@code -inmemoryDataFlushInterval}).
   */
  public void kill() throws InterruptedException {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
