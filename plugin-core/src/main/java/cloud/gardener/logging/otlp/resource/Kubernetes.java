package cloud.gardener.logging.otlp.resource;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cloud.gardener.logging.config.MappingConfig;
import cloud.gardener.logging.config.value.KubernetesAttributes;
import cloud.gardener.logging.event.TagMetadata;
import cloud.gardener.logging.event.Value;
import cloud.gardener.logging.otlp.keys.Names;
import cloud.gardener.logging.otlp.value.AnyValues;
import cloud.gardener.logging.otlp.value.Fields;
import cloud.gardener.logging.otlp.value.LeafPaths;
import cloud.gardener.logging.otlp.value.ProtoBuffer;
import cloud.gardener.logging.otlp.value.Text;
import cloud.gardener.logging.otlp.value.UniqueKeys;
import cloud.gardener.logging.otlp.value.Varint;
import java.util.Arrays;

/**
 * Encodes the record's {@code kubernetes} map, or the metadata of its tag instead, as OTLP attributes. Members that the
 * semantic conventions name go to the resource, to the log record, or to both. The others (labels, annotations, image
 * ...) stay together as the log attribute {@code kubernetes}. A container has one id: docker_id counts as the id if
 * there is no container_id.
 *
 * <p>Records of one pod repeat the same map: it is recognised by its bytes and not encoded again. A tag's metadata is
 * recognised by its identity. Not thread-safe.
 */
public final class Kubernetes {
  private static final int NOT_A_MAP = -1;
  private static final int NOT_FOUND = -1;
  private static final byte[] KEY = "kubernetes".getBytes(US_ASCII);

  private static final Names NAMES =
      new Names(
          new String[] {"namespace_name"},
          new String[] {"pod_name"},
          new String[] {"pod_id"},
          new String[] {"container_name"},
          new String[] {"container_id"},
          new String[] {"host"},
          new String[] {"docker_id"});

  private static final int NAMESPACE = 0;
  private static final int POD = 1;
  private static final int CONTAINER = 3;
  private static final int CONTAINER_ID = 4;
  private static final int DOCKER_ID = 6;

  private static final byte[][] ATTRIBUTES = {
    "k8s.namespace.name".getBytes(US_ASCII),
    "k8s.pod.name".getBytes(US_ASCII),
    "k8s.pod.uid".getBytes(US_ASCII),
    "k8s.container.name".getBytes(US_ASCII),
    "container.id".getBytes(US_ASCII),
    "k8s.node.name".getBytes(US_ASCII),
    "container.id".getBytes(US_ASCII),
  };

  private final boolean toResource;
  private final boolean toLog;
  private final Text text;
  private final AnyValues values;
  private final UniqueKeys unique;
  private final LeafPaths paths = new LeafPaths();
  private final boolean withService;
  private final PodLabels labels;
  private final Value value = new Value();

  /** Offsets of the pairs that become attributes, by code. */
  private final int[] found = new int[ATTRIBUTES.length];

  private byte[] seen = new byte[1024];
  private int seenLength = NOT_A_MAP;
  private TagMetadata seenTag;

  /** The identity of the pod and the container, as fields of resource attributes. */
  final ProtoBuffer identity = new ProtoBuffer();

  /** The same as fields of log record attributes; empty unless configured. */
  public final ProtoBuffer log = new ProtoBuffer();

  /** The rest of the map, as a field of log record attributes. */
  public final ProtoBuffer rest = new ProtoBuffer();

  /** The paths of the rest, as {@link LeafPaths} has them. */
  public final ProtoBuffer restPaths = new ProtoBuffer();

  /** The service that the pod is part of; without fields if service names are disabled. */
  final Service service;

  /** Number of values within the map that others replaced. */
  public int lost;

  public Kubernetes(MappingConfig mapping, Text text, AnyValues values, UniqueKeys unique) {
    KubernetesAttributes where = mapping.kubernetesAttributes();
    this.toResource = where != KubernetesAttributes.LOG;
    this.toLog = where != KubernetesAttributes.RESOURCE;
    this.text = text;
    this.values = values;
    this.unique = unique;
    this.withService = mapping.serviceName();
    this.service = new Service(mapping.hostname(), text);
    this.labels = new PodLabels(mapping.podLabels(), text, values);
  }

  /** Whether the identity goes to both the resource and the log record. */
  public boolean isOnBoth() {
    return toResource && toLog;
  }

  /** Whether the identity goes to the resource. */
  boolean isOnResource() {
    return toResource;
  }

  /**
   * Encodes the map at {@code at}.
   *
   * @param behind exclusive end of the map
   * @return false if the map, and with it all fields, are the same as before
   */
  public boolean update(byte[] in, int at, int behind) {
    int length = behind - at;
    if (length == seenLength && sameAsSeen(in, at)) {
      return false;
    }
    remember(in, at, length);
    clearFields();
    int pairs = value.read(in, at, behind);
    encode(in, at, pairs, value.length, behind);
    labels.write(identity, in, at, behind);
    copyToLog();
    if (withService) {
      service.of(in, at, behind);
    }
    return true;
  }

  /**
   * Encodes a tag's metadata, for a record without a map.
   *
   * @return false if it is the same object as before, and with it all fields are the same
   */
  public boolean update(TagMetadata tag) {
    if (tag == seenTag) {
      return false;
    }
    seenTag = tag;
    seenLength = NOT_A_MAP;
    clearFields();
    attribute(NAMESPACE, tag.namespace());
    attribute(POD, tag.pod());
    attribute(CONTAINER, tag.container());
    attribute(CONTAINER_ID, tag.containerId());
    copyToLog();
    if (withService) {
      service.of(tag);
    }
    return true;
  }

  /** Clears the fields: there is no map, and no metadata of a tag. Returns false if that was so before. */
  public boolean clear() {
    if (seenLength == 0) {
      return false;
    }
    seenLength = 0;
    seenTag = null;
    clearFields();
    return true;
  }

  private boolean sameAsSeen(byte[] in, int at) {
    return Arrays.equals(seen, 0, seenLength, in, at, at + seenLength);
  }

  private void remember(byte[] in, int at, int length) {
    if (length > seen.length) {
      seen = new byte[length];
    }
    System.arraycopy(in, at, seen, 0, length);
    seenLength = length;
    seenTag = null;
  }

  private void encode(byte[] in, int mapAt, int first, int pairs, int end) {
    int before = unique.lost();
    Arrays.fill(found, NOT_FOUND);
    int at = first;
    for (int left = pairs; left > 0; left--) {
      int code = code(in, at, end);
      if (code != Names.UNKNOWN) {
        found[code] = at;
      }
      at = value.skip(in, value.skip(in, at, end), end);
    }
    if (found[CONTAINER_ID] != NOT_FOUND) {
      found[DOCKER_ID] = NOT_FOUND;
    }
    for (int code = 0; code < found.length; code++) {
      if (found[code] != NOT_FOUND) {
        value.read(in, value.skip(in, found[code], end), end);
        attribute(ATTRIBUTES[code], in);
      }
    }
    rest(in, mapAt, first, pairs, end);
    lost = unique.lost() - before;
    unique.setLost(before);
  }

  /** Returns the code of a pair that can become an attribute, or {@link Names#UNKNOWN}. */
  private int code(byte[] in, int at, int end) {
    int valueAt = value.read(in, at, end);
    if (value.kind != Value.STRING) {
      return Names.UNKNOWN;
    }
    int code = NAMES.code(in, value.offset, value.length);
    value.read(in, valueAt, end);
    return value.kind == Value.STRING ? code : Names.UNKNOWN;
  }

  private void rest(byte[] in, int mapAt, int first, int pairs, int end) {
    int start = rest.begin(Fields.RECORD_ATTRIBUTES, 2);
    rest.bytesField(Fields.KEY_VALUE_KEY, KEY);
    int any = rest.begin(Fields.KEY_VALUE_VALUE, 2);
    int list = rest.begin(Fields.ANY_MAP, 2);
    int map = unique.open();
    int empty = rest.size;
    int at = first;
    for (int left = pairs; left > 0; left--) {
      int code = code(in, at, end);
      if (code == Names.UNKNOWN || code == DOCKER_ID && found[DOCKER_ID] == NOT_FOUND) {
        at = values.nestedKeyValue(rest, Fields.MAP_VALUES, in, at, end);
      } else {
        if (at != found[code]) {
          unique.setLost(unique.lost() + 1);
        }
        at = value.skip(in, value.skip(in, at, end), end);
      }
    }
    unique.close(rest, map);
    if (rest.size == empty) {
      rest.reset();
      return;
    }
    rest.end(list, 2);
    rest.end(any, 2);
    rest.end(start, 2);
    paths.clear();
    paths.add(rest, 0, rest.size);
    paths.copyTo(restPaths);
    if (!paths.areUnique()) {
      rest.reset();
      restPaths.reset();
      writeAsText(rest, in, mapAt, end);
    }
  }

  /** Writes the whole map as an attribute of JSON text, because a backend would otherwise see keys of it twice. */
  public void writeAsText(ProtoBuffer out, byte[] in, int mapAt, int end) {
    int lostBefore = unique.lost();
    int mark = out.begin(Fields.RECORD_ATTRIBUTES, 2);
    out.bytesField(Fields.KEY_VALUE_KEY, KEY);
    values.text(out, Fields.KEY_VALUE_VALUE, in, mapAt, end);
    out.end(mark, 2);
    unique.setLost(lostBefore);
  }

  private void clearFields() {
    identity.reset();
    log.reset();
    rest.reset();
    restPaths.reset();
    service.clear();
    lost = 0;
  }

  /** Copies the fields under the tag of log record attributes. */
  private void copyToLog() {
    int at = 0;
    while (toLog && at < identity.size) {
      int body = Varint.end(identity.array, at + 1);
      int length = Varint.value(identity.array, at + 1);
      log.bytesField(Fields.RECORD_ATTRIBUTES, identity.array, body, length);
      at = body + length;
    }
  }

  private void attribute(int code, byte[] string) {
    ResourceScope.attribute(identity, Fields.RESOURCE_ATTRIBUTES, ATTRIBUTES[code], string);
  }

  /** Writes the current string as an attribute. */
  private void attribute(byte[] name, byte[] in) {
    int mark = identity.begin(Fields.RESOURCE_ATTRIBUTES);
    identity.bytesField(Fields.KEY_VALUE_KEY, name);
    text.anyField(identity, Fields.KEY_VALUE_VALUE, in, value.offset, value.length);
    identity.end(mark);
  }
}
