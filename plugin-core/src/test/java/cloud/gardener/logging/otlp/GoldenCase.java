package cloud.gardener.logging.otlp;

import cloud.gardener.logging.config.keys.Mappings;
import cloud.gardener.logging.event.MsgPack;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A golden case of the mapping, in {@code golden/mapping.json}: a list of events and the OTLP JSON that must come out.
 * An event is {@code {"time": "seconds.nanoseconds", "metadata": {}, "body": {}}}, or {@code {"group": {...}}}, or
 * {@code {"groupEnd": true}}. What JSON cannot say: {@code {"$binary": hex}}, {@code {"$string": hex}} (bytes that may
 * not be UTF-8), {@code {"$pairs": [key, value, ...]}}.
 */
public record GoldenCase(JsonNode json) {
  /** All cases, as a JSON array. */
  static JsonNode file() throws IOException {
    try (InputStream file = GoldenCase.class.getResourceAsStream("/golden/mapping.json")) {
      return new ObjectMapper().readTree(file);
    }
  }

  public static List<GoldenCase> all() throws IOException {
    List<GoldenCase> cases = new ArrayList<>();
    file().forEach(json -> cases.add(new GoldenCase(json)));
    return cases;
  }

  public String name() {
    return json.get("case").asString();
  }

  /** The value of a setting, or nothing. */
  public String setting(String key) {
    return json.path("config").path(key).asString();
  }

  /** What the converter makes of the events. */
  public ExportLogsServiceRequest request() {
    List<String> settings = new ArrayList<>();
    json.path("config").properties().forEach(setting -> {
      settings.add(setting.getKey());
      settings.add(setting.getValue().asString());
    });
    MsgPack chunk = new MsgPack();
    json.get("events").forEach(event -> write(chunk, event));
    return new Encoded(Mappings.of(settings.toArray(String[]::new))).request(chunk.bytes());
  }

  private static void write(MsgPack chunk, JsonNode event) {
    if (event.has("group")) {
      chunk.groupStart(value(event.get("group")));
    } else if (event.has("groupEnd")) {
      chunk.groupEnd();
    } else {
      BigDecimal time = new BigDecimal(event.get("time").asString());
      long seconds = time.longValue();
      long nanos = time.subtract(BigDecimal.valueOf(seconds)).movePointRight(9).longValue();
      Object metadata = event.has("metadata") ? value(event.get("metadata")) : Map.of();
      chunk.event(seconds, nanos, metadata, value(event.get("body")));
    }
  }

  private static Object value(JsonNode node) {
    if (node.isNull()) {
      return null;
    } else if (node.isBoolean()) {
      return node.booleanValue();
    } else if (node.isBigInteger()) {
      return new BigInteger(node.asString());
    } else if (node.isIntegralNumber()) {
      return node.longValue();
    } else if (node.isNumber()) {
      return node.doubleValue();
    } else if (node.isString()) {
      return node.stringValue();
    } else if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(element -> list.add(value(element)));
      return list;
    } else if (node.has("$binary")) {
      return HexFormat.of().parseHex(node.get("$binary").asString());
    } else if (node.has("$string")) {
      return new MsgPack.Raw(HexFormat.of().parseHex(node.get("$string").asString()));
    } else if (node.has("$pairs")) {
      @SuppressWarnings("unchecked")
      List<Object> pairs = (List<Object>) value(node.get("$pairs"));
      return new MsgPack.Pairs(pairs);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    node.properties().forEach(field -> map.put(field.getKey(), value(field.getValue())));
    return map;
  }
}
