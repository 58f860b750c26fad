package cloud.gardener.logging.otlp.resource;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cloud.gardener.logging.event.Value;
import cloud.gardener.logging.otlp.keys.Names;
import cloud.gardener.logging.otlp.value.AnyValues;
import cloud.gardener.logging.otlp.value.Fields;
import cloud.gardener.logging.otlp.value.ProtoBuffer;
import cloud.gardener.logging.otlp.value.Text;
import java.util.List;

/**
 * Writes the configured labels of a pod as attributes {@code k8s.pod.label.<key>}. They also stay in the {@code
 * kubernetes} map. Not thread-safe.
 */
final class PodLabels {
  private static final String ALL = "*";
  private static final byte[] PREFIX = "k8s.pod.label.".getBytes(US_ASCII);
  private static final Names LABELS = new Names(new String[] {"labels"});

  private final boolean all;
  private final Names wanted;
  private final Text text;
  private final AnyValues values;
  private final Value value = new Value();

  /** Takes the names of labels, or {@code *}. */
  PodLabels(List<String> wanted, Text text, AnyValues values) {
    this.all = wanted.contains(ALL);
    this.wanted = Names.of(wanted);
    this.text = text;
    this.values = values;
  }

  /** Writes the labels of a {@code kubernetes} map as fields of resource attributes. */
  void write(ProtoBuffer out, byte[] in, int mapAt, int end) {
    if (!all && wanted.count() == 0) {
      return;
    }
    int at = value.read(in, mapAt, end);
    for (int pairs = value.length; pairs > 0; pairs--) {
      int valueAt = value.read(in, at, end);
      if (value.kind != Value.STRING) {
        valueAt = value.skip(in, at, end);
      } else if (LABELS.code(in, value.offset, value.length) != Names.UNKNOWN) {
        labels(out, in, valueAt, end);
      }
      at = value.skip(in, valueAt, end);
    }
  }

  private void labels(ProtoBuffer out, byte[] in, int mapAt, int end) {
    int at = value.read(in, mapAt, end);
    for (int pairs = value.kind == Value.MAP ? value.length : 0; pairs > 0; pairs--) {
      int valueAt = value.read(in, at, end);
      if (value.kind != Value.STRING) {
        valueAt = value.skip(in, at, end);
      } else if (all || wanted.code(in, value.offset, value.length) != Names.UNKNOWN) {
        label(out, in, value.offset, value.length, valueAt, end);
      }
      at = value.skip(in, valueAt, end);
    }
  }

  private void label(
      ProtoBuffer out, byte[] in, int key, int keyLength, int valueAt, int end) {
    int mark = out.begin(Fields.RESOURCE_ATTRIBUTES);
    int keyMark = out.begin(Fields.KEY_VALUE_KEY);
    out.raw(PREFIX, 0, PREFIX.length);
    text.bytes(out, in, key, keyLength);
    out.end(keyMark);
    values.field(out, Fields.KEY_VALUE_VALUE, in, valueAt, end);
    out.end(mark);
  }
}
