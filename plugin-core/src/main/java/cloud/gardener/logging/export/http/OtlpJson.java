package cloud.gardener.logging.export.http;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes logs as OTLP/JSON: a whole request, or one line per record. Each line is a complete {@code
 * {"resourceLogs":[...]}} that jq and a collector's OTLP JSON file receiver can read on its own.
 *
 * <p>Thread-safe: stateless.
 */
public final class OtlpJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).rootValueSeparator("").build();

  private OtlpJson() {}

  /**
   * Writes one line per record, in UTF-8, each terminated by a line feed.
   *
   * @param request the records with their resources and scopes
   * @param out stays open
   * @throws IOException thrown by {@code out}
   */
  public static void writeLines(ExportLogsServiceRequest request, OutputStream out)
      throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      OtlpJsonWriter writer = new OtlpJsonWriter(json);
      for (ResourceLogs resource : request.getResourceLogsList()) {
        for (ScopeLogs scope : resource.getScopeLogsList()) {
          for (LogRecord record : scope.getLogRecordsList()) {
            writer.write(singleRecord(resource, scope, record));
            json.writeRaw('\n');
          }
        }
      }
    } catch (JacksonIOException e) {
      throw e.getCause();
    }
  }

  private static ExportLogsServiceRequest singleRecord(
      ResourceLogs resource, ScopeLogs scope, LogRecord record) {
    ScopeLogs.Builder one = scope.toBuilder().clearLogRecords().addLogRecords(record);
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(resource.toBuilder().clearScopeLogs().addScopeLogs(one))
        .build();
  }

  /**
   * Writes the whole request, in UTF-8.
   *
   * @param out stays open
   * @throws IOException thrown by {@code out}
   */
  static void writeRequest(ExportLogsServiceRequest request, OutputStream out)
      throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      new OtlpJsonWriter(json).write(request);
    } catch (JacksonIOException e) {
      throw e.getCause();
    }
  }
}
