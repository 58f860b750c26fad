package cloud.gardener.logging.otlp.resource;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cloud.gardener.logging.config.MappingConfig;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.Value;
import cloud.gardener.logging.otlp.keys.Names;
import cloud.gardener.logging.otlp.keys.RecordKeys;
import cloud.gardener.logging.otlp.value.Fields;
import cloud.gardener.logging.otlp.value.ProtoBuffer;
import cloud.gardener.logging.otlp.value.Slice;
import cloud.gardener.logging.otlp.value.Text;

/**
 * Resource attributes that are derived from a record and apply unless they are set explicitly: the pod's {@link
 * Service}, and the host of a journald record. If a record or a processor sets such an attribute, the record keeps it
 * and the resource has none.
 *
 * <p>Not thread-safe.
 */
public final class ResourceDefaults {
  private static final byte[] HOST_NAME = "host.name".getBytes(US_ASCII);

  private static final int SERVICE_NAME = 0;
  private static final int SERVICE_NAMESPACE = 1;
  private static final int HOST = 2;
  private static final Names NAMES =
      new Names(
          new String[] {"service.name"},
          new String[] {"service.namespace"},
          new String[] {"host.name"});

  private static final int NAME = 0;
  private static final int NAMESPACE = 1;
  private static final Names KEYS =
      new Names(new String[] {"name"}, new String[] {"namespace"});

  /** The fields of a record that set or determine such an attribute. */
  private static final int RELEVANT =
      1 << RecordKeys.SERVICE_NAME
          | 1 << RecordKeys.SERVICE_NAMESPACE
          | 1 << RecordKeys.HOST_NAME
          | 1 << RecordKeys.JOURNALD_HOSTNAME
          | 1 << RecordKeys.SERVICE
          | 1 << RecordKeys.HOST;

  private final boolean hostIsConfigured;
  private final Text text;
  private final Value value = new Value();

  /** One bit for each of the names that the record itself has. */
  private int own;

  private final Slice host = new Slice();
  private byte[] seenHost = new byte[64];
  private int seenHostLength;

  public ResourceDefaults(MappingConfig mapping, Text text) {
    this.hostIsConfigured = !mapping.hostname().isEmpty();
    this.text = text;
  }

  /**
   * Reads a record whose keys are indexed.
   *
   * @param addedAt offset of the map of added attributes, or NONE
   * @return whether the result differs from that of the record before
   */
  public boolean update(EventDecoder event, RecordKeys keys, int addedAt) {
    boolean hasNone = !keys.hasAny(RELEVANT) && addedAt == EventDecoder.NONE;
    if (hasNone && own == 0 && seenHostLength == 0) {
      return false;
    }
    int before = own;
    own =
        bit(keys, RecordKeys.SERVICE_NAME, SERVICE_NAME)
            | bit(keys, RecordKeys.SERVICE_NAMESPACE, SERVICE_NAMESPACE)
            | bit(keys, RecordKeys.HOST_NAME, HOST);
    int service = inMap(event, keys.find(RecordKeys.SERVICE), keys);
    own |= (service & 1 << NAME) == 0 ? 0 : 1 << SERVICE_NAME;
    own |= (service & 1 << NAMESPACE) == 0 ? 0 : 1 << SERVICE_NAMESPACE;
    own |= (inMap(event, keys.find(RecordKeys.HOST), keys) & 1 << NAME) == 0 ? 0 : 1 << HOST;
    if (addedAt != EventDecoder.NONE) {
      own |= keysOf(NAMES, event.bytes(), addedAt, event.end());
    }
    return updateHost(event, keys) | own != before;
  }

  private static int bit(RecordKeys keys, int code, int name) {
    return keys.find(code) < 0 ? 0 : 1 << name;
  }

  /** Reads a map, because backends that flatten maps see {@code service: {name: x}} as service.name. */
  private int inMap(EventDecoder event, int pair, RecordKeys keys) {
    return pair < 0 ? 0 : keysOf(KEYS, event.bytes(), keys.valueAt(pair), event.end());
  }

  /** Returns one bit for each of the names that is a key of the map. */
  private int keysOf(Names names, byte[] in, int mapAt, int end) {
    int bits = 0;
    int at = value.read(in, mapAt, end);
    for (int pairs = value.kind == Value.MAP ? value.length : 0; pairs > 0; pairs--) {
      int valueAt = value.read(in, at, end);
      if (value.kind == Value.STRING) {
        int name = names.code(in, value.offset, value.length);
        bits |= name == Names.UNKNOWN ? 0 : 1 << name;
      } else {
        valueAt = value.skip(in, at, end);
      }
      at = value.skip(in, valueAt, end);
    }
    return bits;
  }

  private boolean updateHost(EventDecoder event, RecordKeys keys) {
    host.clear();
    int pair = hostIsConfigured ? -1 : keys.find(RecordKeys.JOURNALD_HOSTNAME);
    if (pair >= 0) {
      value.read(event.bytes(), keys.valueAt(pair), event.end());
      if (value.kind == Value.STRING) {
        host.set(event.bytes(), value.offset, value.length);
      }
    }
    if (isSeenHost()) {
      return false;
    }
    if (host.length > seenHost.length) {
      seenHost = new byte[host.length];
    }
    seenHostLength = host.length;
    for (int i = 0; i < seenHostLength; i++) {
      seenHost[i] = host.get(i);
    }
    return true;
  }

  private boolean isSeenHost() {
    if (host.length != seenHostLength) {
      return false;
    }
    for (int i = 0; i < seenHostLength; i++) {
      if (seenHost[i] != host.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** Writes the defaults of the record that was read last, as fields of resource attributes. */
  void write(ProtoBuffer out, Service service) {
    if ((own & 1 << SERVICE_NAME) == 0) {
      out.raw(service.name.array, 0, service.name.size);
    }
    if ((own & 1 << SERVICE_NAMESPACE) == 0) {
      out.raw(service.namespace.array, 0, service.namespace.size);
    }
    if ((own & 1 << HOST) == 0 && !host.isEmpty()) {
      int mark = out.begin(Fields.RESOURCE_ATTRIBUTES);
      out.bytesField(Fields.KEY_VALUE_KEY, HOST_NAME);
      text.anyField(out, Fields.KEY_VALUE_VALUE, host.bytes, host.offset, host.length);
      out.end(mark);
    }
  }
}
