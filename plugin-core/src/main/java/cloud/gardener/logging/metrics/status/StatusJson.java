package cloud.gardener.logging.metrics.status;

import cloud.gardener.logging.metrics.Balance;
import cloud.gardener.logging.metrics.LastError;
import cloud.gardener.logging.metrics.OutputState;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** The report as JSON, for scripts. Times are in ISO 8601; a value that is not known is left out. */
public final class StatusJson {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private StatusJson() {}

  public static void write(StatusReport report, OutputStream out) {
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("version", report.version());
      json.writeBooleanProperty("healthy", report.problem() == null);
      writeText(json, "problem", report.problem());
      writeTime(json, "time", report.now());
      writeTime(json, "started", report.started());
      json.writeNumberProperty("uptimeSeconds", Duration.between(report.started(), report.now()).toSeconds());
      json.writeStringProperty("jvm", report.jvm());
      json.writeNumberProperty("heapUsedBytes", report.heap().getUsed());
      json.writeNumberProperty("heapMaxBytes", report.heap().getMax());
      json.writeName("outputs").writeStartArray();
      for (OutputState output : report.outputs()) {
        json.writeStartObject();
        json.writeStringProperty("name", output.name());
        json.writeStringProperty("watch", output.watch().description());
        if (report.query().asksForRoute()) {
          json.writeStringProperty("route", output.explain(report.query().tag(), report.query().namespace()));
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeName("dropped").writeStartObject();
      for (Map.Entry<String, Long> drop : report.dropsByReason().entrySet()) {
        json.writeNumberProperty(drop.getKey(), drop.getValue());
      }
      json.writeEndObject();
      json.writeName("targets").writeStartArray();
      report.selected().forEach(target -> write(target, json));
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void write(TargetStatus target, JsonGenerator json) {
    Balance balance = target.balance();
    json.writeStartObject();
    json.writeStringProperty("name", target.labels().queueName());
    json.writeStringProperty("type", target.labels().type().name());
    json.writeStringProperty("source", target.labels().source());
    json.writeStringProperty("endpoint", target.labels().endpoint());
    writeText(json, "state", target.state().isEmpty() ? null : target.state());
    json.writeStringProperty("trouble", target.trouble().code());
    json.writeNumberProperty("waitingRecords", target.records());
    json.writeNumberProperty("waitingBytes", target.bytes());
    json.writeNumberProperty("maxBytes", target.maxBytes());
    writeTime(json, "oldest", target.oldest());
    json.writeNumberProperty("inPerSecond", target.traffic().inPerSecond());
    json.writeNumberProperty("outPerSecond", target.traffic().outPerSecond());
    json.writeNumberProperty("inFlight", target.inFlight());
    json.writeNumberProperty("incoming", balance.incoming());
    json.writeNumberProperty("recovered", balance.recovered());
    json.writeNumberProperty("exported", balance.exported());
    json.writeNumberProperty("dropped", balance.dropped());
    json.writeNumberProperty("muted", balance.muted());
    writeError(json, "stopped", target.stopped());
    writeError(json, "lastError", target.lastError());
    json.writeEndObject();
  }

  private static void writeError(JsonGenerator json, String name, LastError error) {
    if (error != null) {
      json.writeName(name).writeStartObject();
      writeTime(json, "time", error.at());
      json.writeStringProperty("reason", error.reason());
      json.writeEndObject();
    }
  }

  private static void writeTime(JsonGenerator json, String name, Instant time) {
    writeText(json, name, time == null ? null : time.toString());
  }

  private static void writeText(JsonGenerator json, String name, String text) {
    if (text != null) {
      json.writeStringProperty(name, text);
    }
  }
}
