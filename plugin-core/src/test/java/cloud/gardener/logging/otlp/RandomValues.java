package cloud.gardener.logging.otlp;

import cloud.gardener.logging.event.MsgPack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random values and chunks, the names that mean something among their keys. */
public final class RandomValues {
  private static final String[] KEYS = {
    "log", "message", "kubernetes", "level", "severity", "lvl", "trace_id", "span_id", "trace_flags",
    "stream", "a", "b", "otlp", "attributes", "resource", "scope", "schema", "pod_name", "namespace_name",
    "docker_id", "container_id", "host", "labels", "msg", "MESSAGE", "origin", "host.name", "k8s.pod.name",
    "container.id", "_", "", "1", "schema_url", "severity_text", "k8s", "pod", "name", "pod.name", "a.b", "kubernetes.labels.a", "b.a",
    "_msg", "_time", "severity_number", "span_id", "event_name", "scope.name", "scope.attributes.a", "version", "traceId",
    "record", "record.severity_text"
  };
  private static final String[] WORDS = {
    "", "info", "x", "0123456789abcdef", "0123456789abcdef0123456789abcdef", "äöü €", "\ud83d\ude00"
  };

  private final Random random;

  public RandomValues(Random random) {
    this.random = random;
  }

  Object value(int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 7)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextLong() >> random.nextInt(64);
      case 3 -> random.nextDouble();
      case 4 -> WORDS[random.nextInt(WORDS.length)].repeat(random.nextInt(2) == 0 ? 1 : random.nextInt(20));
      case 5 -> bytes();
      case 6 -> KEYS[random.nextInt(KEYS.length)];
      case 7 -> list(depth - 1);
      default -> random.nextBoolean() ? map(depth - 1) : pairs(depth - 1);
    };
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    return bytes;
  }

  private List<Object> list(int depth) {
    List<Object> list = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      list.add(value(depth));
    }
    return list;
  }

  Map<String, Object> map(int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(20); i > 0; i--) {
      map.put(KEYS[random.nextInt(KEYS.length)], value(depth));
    }
    return map;
  }

  /** A map that may repeat keys, have keys that are no strings, and such as become equal. */
  MsgPack.Pairs pairs(int depth) {
    List<Object> pairs = new ArrayList<>();
    for (int i = random.nextInt(random.nextInt(8) == 0 ? 80 : 20); i > 0; i--) {
      pairs.add(key());
      pairs.add(value(depth));
    }
    return new MsgPack.Pairs(pairs);
  }

  private Object key() {
    return switch (random.nextInt(12)) {
      case 0 -> 1;
      case 1 -> new MsgPack.Raw(new byte[] {(byte) 0xff});
      case 2 -> new MsgPack.Raw(new byte[] {(byte) 0xfe});
      case 3 -> null;
      default -> KEYS[random.nextInt(KEYS.length)];
    };
  }

  /** A valid chunk of a few events, some in groups, some that came in as OTLP. */
  public byte[] chunk() {
    MsgPack chunk = new MsgPack();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      if (random.nextInt(4) == 0) {
        Object resource = random.nextBoolean() ? Map.of("attributes", pairs(2)) : map(2);
        chunk.groupStart(Map.of("resource", resource, "scope", map(2)));
      }
      Map<String, Object> metadata =
          switch (random.nextInt(6)) {
            case 0 -> Map.of("otlp", map(2));
            case 1 -> Map.of("otlp", Map.of("attributes", pairs(2)));
            case 2 -> Map.of("otlp", Map.of("attributes", pairs(2), "trace_flags", 0));
            default -> map(1);
          };
      Object body = random.nextBoolean() ? map(3) : pairs(3);
      chunk.event(random.nextInt() & 0xffffffffL, random.nextInt(1_000_000_000), metadata, body);
      if (random.nextInt(6) == 0) {
        chunk.groupEnd();
      }
    }
    return chunk.bytes();
  }
}
