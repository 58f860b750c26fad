package cloud.gardener.logging.otlp.resource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.gardener.logging.event.TagMetadata;
import cloud.gardener.logging.event.Value;
import cloud.gardener.logging.otlp.keys.Names;
import cloud.gardener.logging.otlp.value.Fields;
import cloud.gardener.logging.otlp.value.ProtoBuffer;
import cloud.gardener.logging.otlp.value.Slice;
import cloud.gardener.logging.otlp.value.Text;

/**
 * The service that a pod is part of, by the semantic conventions for Kubernetes: {@code service.name} is
 * the first of
 *
 * <ol>
 *   <li>the annotation {@code resource.opentelemetry.io/service.name}
 *   <li>the label {@code app.kubernetes.io/instance}
 *   <li>the label {@code app.kubernetes.io/name}
 *   <li>the name of the pod's owner, if {@link ServiceName} can derive it from the pod's name
 *   <li>the container's name
 *   <li>the pod's name
 * </ol>
 *
 * and {@code service.namespace} the annotation {@code resource.opentelemetry.io/service.namespace}, or the
 * pod's namespace. Not thread-safe.
 */
final class Service {
  private static final byte[] NAME = "service.name".getBytes(US_ASCII);
  private static final byte[] NAMESPACE = "service.namespace".getBytes(US_ASCII);

  private static final int POD_NAMESPACE = 0;
  private static final int POD = 1;
  private static final int CONTAINER = 2;
  private static final int NODE = 3;
  private static final int LABELS = 4;
  private static final int ANNOTATIONS = 5;

  private static final Names FIELDS =
      new Names(
          new String[] {"namespace_name"},
          new String[] {"pod_name"},
          new String[] {"container_name"},
          new String[] {"host"},
          new String[] {"labels"},
          new String[] {"annotations"});

  private static final Names LABEL_NAMES =
      new Names(
          new String[] {"app.kubernetes.io/instance"},
          new String[] {"app.kubernetes.io/name"},
          new String[] {"pod-template-hash"});

  private static final Names ANNOTATION_NAMES =
      new Names(
          new String[] {"resource.opentelemetry.io/service.name"},
          new String[] {"resource.opentelemetry.io/service.namespace"});

  private static final int LONGEST_TAG = 4 << 10;

  private final Text text;
  private final Value value = new Value();
  private final byte[] hostname;
  private final Slice[] fields = slices(4);
  private final Slice[] labels = slices(3);
  private final Slice[] annotations = slices(2);
  private final byte[] scratch = new byte[LONGEST_TAG];
  private int scratchSize;

  /** A field of resource attributes, or empty. */
  final ProtoBuffer name = new ProtoBuffer();

  /** A field of resource attributes, or empty. */
  final ProtoBuffer namespace = new ProtoBuffer();

  /**
   * Creates a service.
   *
   * @param hostname used as the name of the node if the metadata has none
   */
  Service(String hostname, Text text) {
    this.hostname = hostname.getBytes(UTF_8);
    this.text = text;
  }

  private static Slice[] slices(int count) {
    Slice[] slices = new Slice[count];
    for (int i = 0; i < count; i++) {
      slices[i] = new Slice();
    }
    return slices;
  }

  /** Derives the service from a {@code kubernetes} map. */
  void of(byte[] in, int mapAt, int end) {
    clear();
    int at = value.read(in, mapAt, end);
    for (int pairs = value.length; pairs > 0; pairs--) {
      int valueAt = value.read(in, at, end);
      int code = Names.UNKNOWN;
      if (value.kind == Value.STRING) {
        code = FIELDS.code(in, value.offset, value.length);
      } else {
        valueAt = value.skip(in, at, end);
      }
      if (code == LABELS) {
        find(LABEL_NAMES, labels, in, valueAt, end);
      } else if (code == ANNOTATIONS) {
        find(ANNOTATION_NAMES, annotations, in, valueAt, end);
      } else if (code != Names.UNKNOWN) {
        setIfString(fields[code], in, valueAt, end);
      }
      at = value.skip(in, valueAt, end);
    }
    write();
  }

  private void find(Names names, Slice[] found, byte[] in, int mapAt, int end) {
    int at = value.read(in, mapAt, end);
    for (int pairs = value.kind == Value.MAP ? value.length : 0; pairs > 0; pairs--) {
      int valueAt = value.read(in, at, end);
      int code = Names.UNKNOWN;
      if (value.kind == Value.STRING) {
        code = names.code(in, value.offset, value.length);
      } else {
        valueAt = value.skip(in, at, end);
      }
      if (code != Names.UNKNOWN) {
        setIfString(found[code], in, valueAt, end);
      }
      at = value.skip(in, valueAt, end);
    }
  }

  private void setIfString(Slice slice, byte[] in, int at, int end) {
    value.read(in, at, end);
    if (value.kind == Value.STRING) {
      slice.set(in, value.offset, value.length);
    }
  }

  /** Derives the service from a tag's metadata. */
  void of(TagMetadata tag) {
    clear();
    scratchSize = 0;
    copy(fields[POD_NAMESPACE], tag.namespace());
    copy(fields[POD], tag.pod());
    copy(fields[CONTAINER], tag.container());
    write();
  }

  private void copy(Slice slice, byte[] bytes) {
    if (bytes.length <= scratch.length - scratchSize) {
      System.arraycopy(bytes, 0, scratch, scratchSize, bytes.length);
      slice.set(scratch, scratchSize, bytes.length);
      scratchSize += bytes.length;
    }
  }

  /** Clears the service: there is no pod. */
  void clear() {
    name.reset();
    namespace.reset();
    scratchSize = 0;
    clear(fields);
    clear(labels);
    clear(annotations);
  }

  private static void clear(Slice[] slices) {
    for (Slice slice : slices) {
      slice.clear();
    }
  }

  private void write() {
    if (fields[NODE].isEmpty()) {
      copy(fields[NODE], hostname);
    }
    int owner = ServiceName.ownerLength(fields[POD], labels[2], fields[NODE]);
    if (!annotations[0].isEmpty()) {
      attribute(name, NAME, annotations[0]);
    } else if (!labels[0].isEmpty()) {
      attribute(name, NAME, labels[0]);
    } else if (!labels[1].isEmpty()) {
      attribute(name, NAME, labels[1]);
    } else if (owner > 0) {
      fields[POD].length = owner;
      attribute(name, NAME, fields[POD]);
    } else {
      attribute(name, NAME, fields[CONTAINER].isEmpty() ? fields[POD] : fields[CONTAINER]);
    }
    attribute(namespace, NAMESPACE, annotations[1].isEmpty() ? fields[POD_NAMESPACE] : annotations[1]);
  }

  private void attribute(ProtoBuffer out, byte[] key, Slice string) {
    if (!string.isEmpty()) {
      int mark = out.begin(Fields.RESOURCE_ATTRIBUTES);
      out.bytesField(Fields.KEY_VALUE_KEY, key);
      text.anyField(out, Fields.KEY_VALUE_VALUE, string.bytes, string.offset, string.length);
      out.end(mark);
    }
  }
}
