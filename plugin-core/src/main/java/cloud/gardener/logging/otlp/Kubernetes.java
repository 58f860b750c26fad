package cloud.gardener.logging.otlp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cloud.gardener.logging.config.KubernetesAttributes;
import cloud.gardener.logging.event.TagMetadata;
import cloud.gardener.logging.event.Value;
import java.nio.ByteBuffer;

/**
 * The record's {@code kubernetes} map, or what its tag says instead, as OTLP attributes. What the semantic conventions name goes to the
 * resource, to the log record, or to both; what they do not name (labels, annotations, image ...) stays
 * together as the log attribute {@code kubernetes}.
 *
 * <p>Records of one pod bear the same map again and again: it is recognised by its bytes and not
 * encoded anew; a tag's metadata is recognised by its identity. Not thread-safe.
 */
final class Kubernetes {
  private static final int NOT_A_MAP = -1;
  private static final byte[] KEY = "kubernetes".getBytes(US_ASCII);

  private static final Names NAMES =
      new Names(
          new String[] {"namespace_name"},
          new String[] {"pod_name"},
          new String[] {"pod_id"},
          new String[] {"container_name"},
          new String[] {"container_id", "docker_id"},
          new String[] {"host"});

  private static final int NAMESPACE = 0;
  private static final int POD = 1;
  private static final int CONTAINER = 3;
  private static final int CONTAINER_ID = 4;

  private static final byte[][] ATTRIBUTES = {
    "k8s.namespace.name".getBytes(US_ASCII),
    "k8s.pod.name".getBytes(US_ASCII),
    "k8s.pod.uid".getBytes(US_ASCII),
    "k8s.container.name".getBytes(US_ASCII),
    "container.id".getBytes(US_ASCII),
    "k8s.node.name".getBytes(US_ASCII),
  };

  private final boolean toResource;
  private final boolean toLog;
  private final Text text;
  private final AnyValues values;
  private final Value value = new Value();

  private byte[] seen = new byte[1024];
  private int seenLength = NOT_A_MAP;
  private TagMetadata seenTag;

  /** Resource attribute fields. */
  final ProtoBuffer resource = new ProtoBuffer();

  /** Log record attribute fields. */
  final ProtoBuffer log = new ProtoBuffer();

  Kubernetes(KubernetesAttributes where, Text text, AnyValues values) {
    this.toResource = where != KubernetesAttributes.LOG;
    this.toLog = where != KubernetesAttributes.RESOURCE;
    this.text = text;
    this.values = values;
  }

  /**
   * Encodes the map at {@code at}, which ends before {@code behind}.
   *
   * @return false when it is the same as before, and so are the fields
   */
  boolean update(ByteBuffer in, int at, int behind) {
    int length = behind - at;
    if (length == seenLength && sameAsSeen(in, at)) {
      return false;
    }
    remember(in, at, length);
    resource.reset();
    log.reset();
    int pairs = value.read(in, at, behind);
    encode(in, pairs, value.length, behind);
    return true;
  }

  /**
   * Encodes what a tag says, for want of a map.
   *
   * @return false when it is the same object as before, and the fields are the same
   */
  boolean update(TagMetadata tag) {
    if (tag == seenTag) {
      return false;
    }
    seenTag = tag;
    seenLength = NOT_A_MAP;
    resource.reset();
    log.reset();
    lift(NAMESPACE, tag.namespace());
    lift(POD, tag.pod());
    lift(CONTAINER, tag.container());
    lift(CONTAINER_ID, tag.containerId());
    place();
    return true;
  }

  /** There is no such map, and nothing instead of it. */
  boolean clear() {
    if (seenLength == 0) {
      return false;
    }
    seenLength = 0;
    seenTag = null;
    resource.reset();
    log.reset();
    return true;
  }

  private boolean sameAsSeen(ByteBuffer in, int at) {
    for (int i = 0; i < seenLength; i++) {
      if (seen[i] != in.get(at + i)) {
        return false;
      }
    }
    return true;
  }

  private void remember(ByteBuffer in, int at, int length) {
    if (length > seen.length) {
      seen = new byte[length];
    }
    in.get(at, seen, 0, length);
    seenLength = length;
    seenTag = null;
  }

  private void encode(ByteBuffer in, int first, int pairs, int end) {
    int rest = -1;
    int restList = 0;
    int restMap = 0;
    int at = first;
    for (int left = pairs; left > 0; left--) {
      int valueAt = value.read(in, at, end);
      int code = Names.UNKNOWN;
      if (value.kind == Value.STRING) {
        code = NAMES.code(in, value.offset, value.length);
      } else {
        valueAt = value.skip(in, at, end);
      }
      int next = value.read(in, valueAt, end);
      if (code != Names.UNKNOWN && value.kind == Value.STRING) {
        lift(ATTRIBUTES[code], in);
      } else {
        if (rest < 0) {
          rest = log.begin(Fields.RECORD_ATTRIBUTES, 2);
          log.bytesField(Fields.KEY_VALUE_KEY, KEY);
          restMap = log.begin(Fields.KEY_VALUE_VALUE, 2);
          restList = log.begin(Fields.ANY_MAP, 2);
        }
        next = values.keyValue(log, Fields.MAP_VALUES, in, at, end);
      }
      at = next;
    }
    if (rest >= 0) {
      log.end(restList, 2);
      log.end(restMap, 2);
      log.end(rest, 2);
    }
    place();
  }

  /** Puts the attributes where they are wanted. */
  private void place() {
    if (toLog) {
      appendLifted();
    }
    if (!toResource) {
      resource.reset();
    }
  }

  private void lift(int code, byte[] string) {
    Source.attribute(resource, Fields.RESOURCE_ATTRIBUTES, ATTRIBUTES[code], string);
  }

  /** Writes the string at hand as a resource attribute. */
  private void lift(byte[] name, ByteBuffer in) {
    int mark = resource.begin(Fields.RESOURCE_ATTRIBUTES);
    resource.bytesField(Fields.KEY_VALUE_KEY, name);
    text.anyField(resource, Fields.KEY_VALUE_VALUE, in, value.offset, value.length);
    resource.end(mark);
  }

  /** Copies the resource's attributes to the log record: the same fields under another tag. */
  private void appendLifted() {
    int at = 0;
    while (at < resource.size) {
      int length = 0;
      int shift = 0;
      int body = at + 1;
      byte part;
      do {
        part = resource.array[body++];
        length |= (part & 0x7f) << shift;
        shift += 7;
      } while (part < 0);
      log.bytesField(Fields.RECORD_ATTRIBUTES, resource.array, body, length);
      at = body + length;
    }
  }
}
