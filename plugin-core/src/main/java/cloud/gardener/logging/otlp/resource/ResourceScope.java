package cloud.gardener.logging.otlp.resource;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.gardener.logging.config.MappingConfig;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.Value;
import cloud.gardener.logging.otlp.keys.Names;
import cloud.gardener.logging.otlp.keys.RowNames;
import cloud.gardener.logging.otlp.value.AnyValues;
import cloud.gardener.logging.otlp.value.Fields;
import cloud.gardener.logging.otlp.value.LeafPaths;
import cloud.gardener.logging.otlp.value.ProtoBuffer;
import cloud.gardener.logging.otlp.value.Text;
import cloud.gardener.logging.otlp.value.UniqueKeys;
import java.util.Arrays;

/**
 * The encoded origin of a record: the fields of its ResourceLogs and ScopeLogs except the records.
 *
 * <ul>
 *   <li>A record that arrived as OTLP has its group's resource and scope, unchanged.
 *   <li>Any other record has host.name, the attributes of its group, if any (the opentelemetry_envelope processor puts
 *       all records in one), and its own k8s.* attributes. The scope is the plugin, unless the group names one.
 * </ul>
 *
 * Encoded again only when the group or the pod changes. Not thread-safe.
 */
public final class ResourceScope {
  /** Schema URL of the semantic conventions that define the attribute names. */
  static final String SCHEMA_URL = "https://opentelemetry.io/schemas/1.45.0";

  static final String SCOPE_NAME = "fluent-bit-output-plugin";

  private static final int ATTRIBUTES = 0;
  private static final int DROPPED = 1;
  private static final int SCHEMA = 2;
  private static final int NAME = 3;
  private static final int VERSION = 4;
  private static final int RESOURCE = 5;
  private static final int SCOPE = 6;
  private static final int CODES = 7;

  private static final Names NAMES =
      new Names(
          new String[] {"attributes"},
          new String[] {"dropped_attributes_count"},
          new String[] {"schema_url"},
          new String[] {"name"},
          new String[] {"version"},
          new String[] {"resource"},
          new String[] {"scope"});

  private static final byte[] HOST_NAME = "host.name".getBytes(UTF_8);
  private static final byte[] SCHEMA_URL_BYTES = SCHEMA_URL.getBytes(UTF_8);
  private static final byte[] SCOPE_NAME_BYTES = SCOPE_NAME.getBytes(UTF_8);

  private final byte[] hostname;
  private final byte[] pluginVersion;
  private final Text text;
  private final AnyValues values;
  private final UniqueKeys unique;
  private final LeafPaths paths = new LeafPaths();
  private final ResourceDefaults defaults;
  private final Value value = new Value();
  private final int[] found = new int[CODES];
  private final RowNames names = new RowNames();
  private final ProtoBuffer message = new ProtoBuffer();

  private long groupNumber = -1;
  private boolean groupIsExact;
  private boolean hasPod;

  /** Hash of the fields of both messages: equal sources have equal hashes. */
  public int hash;

  /** Increases whenever the fields are encoded anew. */
  public long version;

  /** The resource's attributes with unique keys, as fields of the Resource. */
  public final ProtoBuffer attributes = new ProtoBuffer();

  /** The paths of all attributes, as {@link LeafPaths} has them; empty if no attribute is a map. */
  public final ProtoBuffer nestedPaths = new ProtoBuffer();

  /** The fields of ResourceLogs except its scopes. */
  public final ProtoBuffer resource = new ProtoBuffer();

  /** The fields of ScopeLogs except its records. */
  public final ProtoBuffer scope = new ProtoBuffer();

  public ResourceScope(
      MappingConfig mapping,
      String version,
      Text text,
      AnyValues values,
      UniqueKeys unique,
      ResourceDefaults defaults) {
    this.hostname = mapping.hostname().getBytes(UTF_8);
    this.pluginVersion = version.getBytes(UTF_8);
    this.text = text;
    this.values = values;
    this.unique = unique;
    this.defaults = defaults;
    names.assumeAllPresent();
  }

  /** Encodes the source of a record that arrived as OTLP. */
  public void ofOtlp(EventDecoder event) {
    if (event.groupAt() == EventDecoder.NONE) {
      of(event, null, false);
    } else if (groupNumber != event.groupNumber() || !groupIsExact) {
      remember(event, true);
      byte[] in = event.bytes();
      find(in, event.groupAt(), event.end());
      int scopeAt = found[SCOPE];
      int schemaAt = resourceOf(event, found[RESOURCE], null);
      resource.reset();
      resource.bytesField(Fields.RESOURCE_LOGS_RESOURCE, message.array, 0, message.size);
      string(resource, Fields.RESOURCE_LOGS_SCHEMA_URL, in, schemaAt, event.end());
      scope.reset();
      scopeOf(in, scopeAt, event.end());
      hash = 31 * hashOf(resource) + hashOf(scope);
    }
  }

  private static int hashOf(ProtoBuffer bytes) {
    int hash = 0;
    for (int i = 0; i < bytes.size; i++) {
      hash = 31 * hash + bytes.array[i];
    }
    return hash;
  }

  /**
   * Encodes the source of any other record.
   *
   * @param changed whether the pod or the derived attributes differ from those of the record before
   */
  public void of(EventDecoder event, Kubernetes kubernetes, boolean changed) {
    boolean withPod = kubernetes != null;
    if (groupNumber == event.groupNumber() && !groupIsExact && hasPod == withPod && !changed) {
      return;
    }
    remember(event, false);
    hasPod = withPod;
    byte[] in = event.bytes();
    find(in, event.groupAt(), event.end());
    int scopeAt = found[SCOPE];
    resourceOf(event, found[RESOURCE], kubernetes);
    resource.reset();
    resource.bytesField(Fields.RESOURCE_LOGS_RESOURCE, message.array, 0, message.size);
    resource.bytesField(Fields.RESOURCE_LOGS_SCHEMA_URL, SCHEMA_URL_BYTES);
    scope.reset();
    if (!namesScope(in, scopeAt, event.end())) {
      ownScope();
    } else {
      scopeOf(in, scopeAt, event.end());
    }
    hash = 31 * hashOf(resource) + hashOf(scope);
  }

  private void remember(EventDecoder event, boolean exact) {
    groupNumber = event.groupNumber();
    groupIsExact = exact;
    version++;
  }

  private void ownScope() {
    int mark = scope.begin(Fields.SCOPE_LOGS_SCOPE);
    scope.bytesField(Fields.SCOPE_NAME, SCOPE_NAME_BYTES);
    scope.bytesField(Fields.SCOPE_VERSION, pluginVersion);
    scope.end(mark);
    scope.bytesField(Fields.SCOPE_LOGS_SCHEMA_URL, SCHEMA_URL_BYTES);
  }

  /**
   * Writes attributes and message of a resource, and returns the offset of its schema URL. Of equal keys, the group's
   * replace derived ones, the pod's replace the group's, and the configured host name replaces all.
   *
   * @param at offset of the group's resource, or NONE
   */
  private int resourceOf(EventDecoder event, int at, Kubernetes kubernetes) {
    byte[] in = event.bytes();
    int end = event.end();
    int before = unique.lost();
    unique.setLost(0);
    find(in, at, end);
    long maps = values.maps();
    attributes(in, end, kubernetes);
    nestedPaths.reset();
    if (values.maps() != maps) {
      paths.clear();
      paths.add(attributes, 0, attributes.size);
      paths.copyTo(nestedPaths);
      if (!paths.areUnique()) {
        unique.setLost(0);
        values.setMapsAsText(true);
        attributes(in, end, kubernetes);
        values.setMapsAsText(false);
        nestedPaths.reset();
      }
    }
    message.reset();
    message.raw(attributes.array, 0, attributes.size);
    count(message, Fields.RESOURCE_DROPPED, in, found[DROPPED], end, unique.lost());
    unique.setLost(before);
    return found[SCHEMA];
  }

  private void attributes(byte[] in, int end, Kubernetes kubernetes) {
    int map = unique.open();
    attributes.reset();
    if (kubernetes != null) {
      defaults.write(attributes, kubernetes.service);
      unique.addAll(attributes, 0, UniqueKeys.UNCOUNTED);
    }
    if (found[ATTRIBUTES] != EventDecoder.NONE) {
      values.attributes(
          attributes, Fields.RESOURCE_ATTRIBUTES, in, found[ATTRIBUTES], end, names);
    }
    if (kubernetes != null) {
      boolean ofResource = kubernetes.isOnResource();
      int start = attributes.size;
      attributes.raw(kubernetes.identity.array, 0, kubernetes.identity.size);
      unique.addAll(attributes, start, ofResource ? UniqueKeys.COUNTED : UniqueKeys.SHADOW);
    }
    if (!groupIsExact && hostname.length > 0) {
      int start = attributes.size;
      attribute(attributes, Fields.RESOURCE_ATTRIBUTES, HOST_NAME, hostname);
      unique.addAll(attributes, start, UniqueKeys.COUNTED);
    }
    unique.close(attributes, map);
  }

  private boolean namesScope(byte[] in, int at, int end) {
    find(in, at, end);
    return found[NAME] != EventDecoder.NONE;
  }

  private void scopeOf(byte[] in, int at, int end) {
    find(in, at, end);
    if (found[NAME] != EventDecoder.NONE
        || found[VERSION] != EventDecoder.NONE
        || found[ATTRIBUTES] != EventDecoder.NONE
        || found[DROPPED] != EventDecoder.NONE) {
      int mark = scope.begin(Fields.SCOPE_LOGS_SCOPE, 2);
      string(scope, Fields.SCOPE_NAME, in, found[NAME], end);
      string(scope, Fields.SCOPE_VERSION, in, found[VERSION], end);
      int before = unique.lost();
      unique.setLost(0);
      if (found[ATTRIBUTES] != EventDecoder.NONE) {
        scopeAttributes(in, found[ATTRIBUTES], end);
      }
      count(scope, Fields.SCOPE_DROPPED, in, found[DROPPED], end, unique.lost());
      unique.setLost(before);
      scope.end(mark, 2);
    }
    string(scope, Fields.SCOPE_LOGS_SCHEMA_URL, in, found[SCHEMA], end);
  }

  private void scopeAttributes(byte[] in, int at, int end) {
    int start = scope.size;
    values.pairs(scope, Fields.SCOPE_ATTRIBUTES, in, at, end);
    paths.clear();
    paths.add(scope, start, scope.size);
    if (!paths.areUnique()) {
      scope.size = start;
      unique.setLost(0);
      values.setMapsAsText(true);
      values.pairs(scope, Fields.SCOPE_ATTRIBUTES, in, at, end);
      values.setMapsAsText(false);
    }
  }

  /** Finds the values of {@link #NAMES} in the map at {@code at}, if there is one. */
  private void find(byte[] in, int at, int end) {
    Arrays.fill(found, EventDecoder.NONE);
    if (at == EventDecoder.NONE) {
      return;
    }
    int next = value.read(in, at, end);
    int pairs = value.kind == Value.MAP ? value.length : 0;
    for (; pairs > 0; pairs--) {
      int valueAt = value.read(in, next, end);
      int code = Names.UNKNOWN;
      if (value.kind == Value.STRING) {
        code = NAMES.code(in, value.offset, value.length);
      } else {
        valueAt = value.skip(in, next, end);
      }
      if (code != Names.UNKNOWN) {
        found[code] = valueAt;
      }
      next = value.skip(in, valueAt, end);
    }
  }

  private void string(ProtoBuffer out, int tag, byte[] in, int at, int end) {
    if (at != EventDecoder.NONE && value.read(in, at, end) >= 0 && value.kind == Value.STRING) {
      text.field(out, tag, in, value.offset, value.length);
    }
  }

  /** Writes a count of dropped attributes: the group's own count plus {@code lost}. */
  private void count(ProtoBuffer out, int tag, byte[] in, int at, int end, int lost) {
    long dropped = lost;
    if (at != EventDecoder.NONE
        && value.read(in, at, end) >= 0
        && value.kind == Value.INTEGER
        && value.integer > 0) {
      dropped += value.integer & 0xffffffffL;
    }
    if (dropped > 0) {
      out.varintField(tag, Math.min(dropped, 0xffffffffL));
    }
  }

  public static void attribute(ProtoBuffer out, int tag, byte[] key, byte[] string) {
    int mark = out.begin(tag, 2);
    out.bytesField(Fields.KEY_VALUE_KEY, key);
    int valueMark = out.begin(Fields.KEY_VALUE_VALUE, 2);
    out.bytesField(Fields.ANY_STRING, string);
    out.end(valueMark, 2);
    out.end(mark, 2);
  }
}
