package cloud.gardener.logging.export.http;

import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads OTLP/JSON with protobuf's own JSON reader, which is strict about names and types. Ids are
 * the one difference: hex here, base64 there.
 */
public final class OtlpJsonReader {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private OtlpJsonReader() {}

  public static ExportLogsServiceRequest read(String json) throws Exception {
    JsonNode tree = MAPPER.readTree(json);
    for (String field : List.of("traceId", "spanId")) {
      for (JsonNode parent : tree.findParents(field)) {
        byte[] id = HexFormat.of().parseHex(parent.get(field).stringValue());
        ((ObjectNode) parent).put(field, Base64.getEncoder().encodeToString(id));
      }
    }
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    JsonFormat.parser().merge(MAPPER.writeValueAsString(tree), request);
    return request.build();
  }
}
