package cloud.gardener.logging.export.http;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Writes logs as OTLP/JSON: a whole request, or one line per record. Each line is a complete {@code
 * {"resourceLogs":[...]}} that jq and a collector's OTLP JSON file receiver can read on its own.
 *
 * <p>OTLP/JSON is protobuf's JSON, except that ids are hex instead of base64, and enums are numbers.
 *
 * <p>Thread-safe: stateless.
 */
public final class OtlpJson {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace().printingEnumsAsInts();

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
    Writer lines = writer(out);
    for (ResourceLogs resource : request.getResourceLogsList()) {
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        for (LogRecord record : scope.getLogRecordsList()) {
          write(singleRecord(resource, scope, record), lines);
          lines.write('\n');
        }
      }
    }
    lines.flush();
  }

  private static ExportLogsServiceRequest.Builder singleRecord(
      ResourceLogs resource, ScopeLogs scope, LogRecord record) {
    ScopeLogs.Builder one = scope.toBuilder().clearLogRecords().addLogRecords(withHexIds(record));
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(resource.toBuilder().clearScopeLogs().addScopeLogs(one));
  }

  /**
   * Writes the whole request, in UTF-8.
   *
   * @param out stays open
   * @throws IOException thrown by {@code out}
   */
  static void writeRequest(ExportLogsServiceRequest request, OutputStream out)
      throws IOException {
    ExportLogsServiceRequest.Builder all = request.toBuilder();
    for (ResourceLogs.Builder resource : all.getResourceLogsBuilderList()) {
      for (ScopeLogs.Builder scope : resource.getScopeLogsBuilderList()) {
        for (int i = 0; i < scope.getLogRecordsCount(); i++) {
          scope.setLogRecords(i, withHexIds(scope.getLogRecords(i)));
        }
      }
    }
    Writer json = writer(out);
    write(all, json);
    json.flush();
  }

  private static Writer writer(OutputStream out) {
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  private static void write(MessageOrBuilder message, Writer json) throws IOException {
    PRINTER.appendTo(message, new PlainJson(json));
  }

  private static LogRecord withHexIds(LogRecord record) {
    return record.getTraceId().isEmpty() && record.getSpanId().isEmpty()
        ? record
        : record.toBuilder()
            .setTraceId(base64OfHex(record.getTraceId()))
            .setSpanId(base64OfHex(record.getSpanId()))
            .build();
  }

  /** The bytes whose base64 encoding is the id's hex digits. The number of an id's digits is a multiple of four. */
  private static ByteString base64OfHex(ByteString id) {
    String hex = HexFormat.of().formatHex(id.toByteArray());
    return ByteString.copyFrom(Base64.getDecoder().decode(hex));
  }
}
