package cloud.gardener.logging.migration;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.gardener.logging.event.MsgPackBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Rebuilds the log event that the plugin in Go made an item from, as far as the item contains it. The event is then
 * mapped like any other:
 *
 * <ul>
 *   <li>The body is the key {@code log}, the attributes are keys of the record.
 *   <li>The attributes {@code k8s.*} and {@code container.id} are the {@code kubernetes} map.
 *   <li>The resource's attributes are those of a group around the event.
 *   <li>The severity is determined again: its field is an attribute. The plugin in Go sets Info where there is none.
 * </ul>
 *
 * <p>Not thread-safe.
 */
final class GoEvent {
  private static final int GROUP_START = -1;
  private static final long LAST_SECOND = 0xfffffffdL;
  private static final Instant LATEST = Instant.ofEpochSecond(LAST_SECOND);

  private static final Map<String, String> KUBERNETES =
      Map.of(
          "k8s.namespace.name", "namespace_name",
          "k8s.pod.name", "pod_name",
          "k8s.pod.uid", "pod_id",
          "k8s.container.name", "container_name",
          "container.id", "container_id",
          "k8s.node.name", "host");

  private final MsgPackBuffer out = new MsgPackBuffer();

  /** Writes the event, in a group of its own when the item has a resource. */
  void write(GoItem item) {
    out.reset();
    if (!item.resource().isEmpty()) {
      writeGroup(item.resource());
    }
    Instant time = item.time() == null || item.time().isAfter(LATEST) ? Instant.EPOCH : item.time();
    beginEvent((int) time.getEpochSecond(), time.getNano());
    out.count(out.map(), 0);
    writeBody(item);
  }

  private void writeGroup(List<GoItem.Attribute> resource) {
    beginEvent(GROUP_START, 0);
    out.count(out.map(), 1);
    writeText("schema");
    writeText("otlp");
    out.count(out.map(), 1);
    writeText("resource");
    out.count(out.map(), 1);
    writeText("attributes");
    writeMap(resource);
  }

  private void beginEvent(int seconds, int nanos) {
    out.count(out.array(), 2);
    out.count(out.array(), 2);
    out.time(seconds, nanos);
  }

  private void writeBody(GoItem item) {
    List<GoItem.Attribute> pod = new ArrayList<>();
    List<GoItem.Attribute> record = new ArrayList<>();
    if (!GoBody.isPrintedRecord(item)) {
      record.add(new GoItem.Attribute("log", item.body()));
    }
    for (GoItem.Attribute attribute : item.attributes()) {
      String podKey = KUBERNETES.get(attribute.key());
      if (podKey != null) {
        pod.add(new GoItem.Attribute(podKey, attribute.value()));
      } else {
        record.add(attribute);
      }
    }
    addId(record, "trace_id", item.traceId());
    addId(record, "span_id", item.spanId());
    if (item.traceId().length > 0 && item.traceFlags() != 0) {
      record.add(new GoItem.Attribute("trace_flags", (long) item.traceFlags()));
    }
    out.count(out.map(), record.size() + (pod.isEmpty() ? 0 : 1));
    writePairs(record);
    if (!pod.isEmpty()) {
      writeText("kubernetes");
      writeMap(pod);
    }
  }

  private static void addId(List<GoItem.Attribute> record, String key, byte[] id) {
    if (id.length > 0) {
      record.add(new GoItem.Attribute(key, HexFormat.of().formatHex(id)));
    }
  }

  private void writeMap(List<GoItem.Attribute> pairs) {
    out.count(out.map(), pairs.size());
    writePairs(pairs);
  }

  private void writePairs(List<GoItem.Attribute> pairs) {
    for (GoItem.Attribute pair : pairs) {
      writeText(pair.key());
      writeValue(pair.value());
    }
  }

  private void writeValue(Object value) {
    if (value instanceof Long integer) {
      out.integer(integer);
    } else if (value instanceof Double real) {
      out.real(real);
    } else if (value instanceof Boolean truth) {
      out.bool(truth);
    } else if (value instanceof byte[] bytes) {
      out.binary(bytes);
    } else {
      writeText((String) value);
    }
  }

  private void writeText(String text) {
    out.text(text.getBytes(UTF_8));
  }

  /** Whether an attribute is of the {@code kubernetes} map. */
  static boolean isKubernetesKey(String key) {
    return KUBERNETES.containsKey(key);
  }

  /** The event's bytes, from offset 0 to {@link #size}. Valid until the next {@link #write}. */
  byte[] bytes() {
    return out.bytes();
  }

  int size() {
    return out.size();
  }
}
