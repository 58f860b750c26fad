package cloud.gardener.logging.seed;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/** Requests for VictoriaLogs, and the rows that it makes of them. A column that comes twice fails to be read. */
final class Rows {
  private static final ObjectMapper STRICT =
      new ObjectMapper(
          JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
  private static final TypeReference<Map<String, String>> ROW = new TypeReference<>() {};

  /** Columns that VictoriaLogs makes of what is no attribute. */
  private static final Set<String> OWN =
      Set.of(
          "_msg", "severity_number", "severity_text", "scope.name", "scope.version", "trace_id", "span_id", "event_name");

  private final HttpClient client = HttpClient.newHttpClient();
  private final VictoriaLogs logs;

  Rows(VictoriaLogs logs) {
    this.logs = logs;
  }

  /** Sends a request; it is an error when VictoriaLogs does not accept it, or ends. */
  void send(int tenant, ExportLogsServiceRequest body, Set<String> streamFields)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(logs.insertUrl()))
            .header("Content-Type", "application/x-protobuf")
            .header(VictoriaLogs.TENANT, Integer.toString(tenant))
            .POST(BodyPublishers.ofByteArray(body.toByteArray()));
    if (!streamFields.isEmpty()) {
      request.header(VictoriaLogs.STREAM_FIELDS, String.join(",", streamFields));
    }
    var response = client.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(response.statusCode() + " " + response.body());
    }
  }

  /** Sends a request anywhere, and returns the status of the answer; 0 for none. */
  static int post(String url, ExportLogsServiceRequest body) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(body.toByteArray()))
            .build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  /** All rows of a tenant. */
  List<Map<String, String>> all(int tenant) throws IOException, InterruptedException {
    get(tenant, "/internal/force_flush");
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : get(tenant, "/select/logsql/query?query=*").lines().toList()) {
      rows.add(STRICT.readValue(line, ROW));
    }
    return rows;
  }

  private String get(int tenant, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(logs.url() + path))
            .header(VictoriaLogs.TENANT, Integer.toString(tenant))
            .build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  /** The same records with the present time: VictoriaLogs leaves out what is from the future. */
  static ExportLogsServiceRequest ofToday(ExportLogsServiceRequest request) {
    long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    ExportLogsServiceRequest.Builder copy = request.toBuilder();
    copy.getResourceLogsBuilderList().stream()
        .flatMap(resource -> resource.getScopeLogsBuilderList().stream())
        .flatMap(scope -> scope.getLogRecordsBuilderList().stream())
        .forEach(record -> record.setTimeUnixNano(now));
    return copy.build();
  }

  static List<LogRecord> records(ExportLogsServiceRequest request) {
    return request.getResourceLogsList().stream()
        .flatMap(resource -> resource.getScopeLogsList().stream())
        .flatMap(scope -> scope.getLogRecordsList().stream())
        .toList();
  }

  /** Every column of a request that may be a stream field. */
  static Set<String> columns(ExportLogsServiceRequest request) {
    Set<String> columns = new TreeSet<>(OWN);
    for (ResourceLogs resource : request.getResourceLogsList()) {
      leaves("", resource.getResource().getAttributesList(), columns::add);
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        leaves("scope.attributes.", scope.getScope().getAttributesList(), columns::add);
        for (LogRecord record : scope.getLogRecordsList()) {
          leaves("", record.getAttributesList(), columns::add);
          leaves("", record.getBody().getKvlistValue().getValuesList(), columns::add);
        }
      }
    }
    columns.removeIf(name -> !name.matches("[!-~&&[^,=}]]+"));
    return columns;
  }

  private static void leaves(String prefix, List<KeyValue> pairs, Consumer<String> leaf) {
    for (KeyValue pair : pairs) {
      String path = prefix + pair.getKey();
      if (pair.getValue().hasKvlistValue()) {
        leaves(path + ".", pair.getValue().getKvlistValue().getValuesList(), leaf);
      } else {
        leaf.accept(path);
      }
    }
  }
}
