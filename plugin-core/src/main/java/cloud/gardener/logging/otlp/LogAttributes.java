package cloud.gardener.logging.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.gardener.logging.config.MappingConfig;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.otlp.keys.RecordKeys;
import cloud.gardener.logging.otlp.keys.RowNames;
import cloud.gardener.logging.otlp.resource.Kubernetes;
import cloud.gardener.logging.otlp.resource.ResourceScope;
import cloud.gardener.logging.otlp.resource.StreamName;
import cloud.gardener.logging.otlp.value.AnyValues;
import cloud.gardener.logging.otlp.value.Fields;
import cloud.gardener.logging.otlp.value.LeafPaths;
import cloud.gardener.logging.otlp.value.ProtoBuffer;
import cloud.gardener.logging.otlp.value.UniqueKeys;

/**
 * Writes the attributes of a log record. Each key is unique, and none is also a key of the resource. If several
 * attributes have the same key, a later one in this list replaces the earlier ones:
 *
 * <ol>
 *   <li>the configured origin
 *   <li>the name of the stream, unless the record has one
 *   <li>the record's fields, in their order
 *   <li>the rest of the Kubernetes map
 *   <li>attributes that a processor added
 *   <li>the resource, whose attributes are not written here
 *   <li>the pod's identity, where it is configured for the log record
 * </ol>
 *
 * <p>No key is a name that a backend gives to the record's own fields: see {@link RowNames}.
 *
 * <p>A backend that flattens maps sees {@code host.name} and {@code host: {name: n}} as the same key. If that happens,
 * the record's maps become JSON text: see {@link LeafPaths}.
 *
 * <p>Keys that were found to be unique are not checked again in records with the same keys and the same source. Not
 * thread-safe.
 */
final class LogAttributes {
  private static final byte[] ORIGIN = "origin".getBytes(UTF_8);

  private final AnyValues values;
  private final UniqueKeys unique;
  private final RecordKeys keys;
  private final Body body;
  private final Kubernetes kubernetes;
  private final ResourceScope source;
  private final LeafPaths paths = new LeafPaths();
  private final RowNames names = new RowNames();
  private final ProtoBuffer origin = new ProtoBuffer();
  private final StreamName streamName;

  /** Whether the key of one written attribute may be a dotted prefix of another one's. */
  private boolean nesting;

  /** The stream of the current record, as {@link StreamName#of} returns it. */
  private int stream;

  LogAttributes(
      MappingConfig mapping,
      AnyValues values,
      UniqueKeys unique,
      RecordKeys keys,
      Body body,
      Kubernetes kubernetes,
      ResourceScope source) {
    this.values = values;
    this.unique = unique;
    this.keys = keys;
    this.body = body;
    this.kubernetes = kubernetes;
    this.source = source;
    this.streamName = new StreamName(mapping.serviceName());
    if (!mapping.origin().isEmpty()) {
      byte[] value = mapping.origin().getBytes(UTF_8);
      ResourceScope.attribute(origin, Fields.RECORD_ATTRIBUTES, ORIGIN, value);
    }
  }

  /**
   * Writes the attributes of a record whose keys are indexed, and whose body and source are known.
   *
   * @param addedAt offset of the map of added attributes, or NONE
   */
  void write(ProtoBuffer record, EventDecoder event, int addedAt) {
    byte[] in = event.bytes();
    int end = event.end();
    stream = streamName.of(in, keys);
    names.markSeverityUsed(record, in, end, keys);
    // What the record's attributes depend on in addition to its keys.
    long context = source.version << 2 | stream;
    boolean added = addedAt != EventDecoder.NONE;
    // Whether the key scope is reserved depends on its value, not on the keys.
    boolean scoped = keys.find(RecordKeys.SCOPE) >= 0;
    boolean isKnownUnique = !added && !scoped && keys.wereUnique(context);
    if (!isKnownUnique || !writeUnique(record, in, end)) {
      writeChecked(record, in, end, addedAt, context);
    }
  }

  private void writeChecked(
      ProtoBuffer record, byte[] in, int end, int addedAt, long context) {
    names.readFieldsOf(record);
    int start = record.size;
    int lost = unique.lost();
    long maps = values.maps();
    values.markCounts();
    long renamed = values.renamed();
    values.resetDots();
    boolean isUnique = writeOnce(record, in, end, addedAt, false);
    if (isUnique && values.renamed() == renamed && addedAt == EventDecoder.NONE) {
      keys.rememberUnique(context, nesting);
    }
    int ofBoth = kubernetes.isOnBoth() ? kubernetes.log.size : 0;
    if (mayRepeatPaths(maps, nesting) && !haveUniquePaths(record, start, record.size - ofBoth)) {
      record.size = start;
      unique.setLost(lost);
      values.resetCounts();
      values.setMapsAsText(true);
      writeOnce(record, in, end, addedAt, true);
      values.setMapsAsText(false);
    }
  }

  /** Whether the paths must be compared; {@code mapsBefore} is the number of maps written before the attributes. */
  private boolean mayRepeatPaths(long mapsBefore, boolean keysNest) {
    boolean hasMap = values.maps() != mapsBefore || kubernetes.restPaths.size > 0;
    return hasMap && (keysNest || values.hasDots());
  }

  /** Writes the attributes of a record that arrived as OTLP. */
  void writeOtlp(ProtoBuffer record, EventDecoder event, int attributesAt) {
    names.readFieldsOf(record);
    if (attributesAt == EventDecoder.NONE) {
      return;
    }
    int start = record.size;
    int lost = unique.lost();
    long maps = values.maps();
    values.markCounts();
    writeOtlpOnce(record, event, attributesAt);
    if (values.maps() != maps && !haveUniquePaths(record, start, record.size)) {
      record.size = start;
      unique.setLost(lost);
      values.resetCounts();
      values.setMapsAsText(true);
      writeOtlpOnce(record, event, attributesAt);
      values.setMapsAsText(false);
    }
  }

  /** Whether a backend that makes one row of a record sees each key once, given a body that is a map. */
  boolean areUniqueBesideBody(ProtoBuffer record, EventDecoder event, int bodyAt) {
    if (names.hasReservedKey(event.bytes(), bodyAt, event.end())) {
      return false;
    }
    paths.clear();
    paths.addRecord(record);
    addPathsOfSource();
    return paths.areUnique();
  }

  /**
   * Writes attributes whose keys are known to be unique; returns false, with nothing written, if maps may repeat a key.
   */
  private boolean writeUnique(ProtoBuffer record, byte[] in, int end) {
    int start = record.size;
    int lost = unique.lost();
    long maps = values.maps();
    values.markCounts();
    values.resetDots();
    if (keys.find(RecordKeys.ORIGIN) < 0) {
      record.raw(origin.array, 0, origin.size);
    }
    if (stream != StreamName.NONE) {
      record.raw(streamName.field(stream).array, 0, streamName.field(stream).size);
    }
    for (int pair = 0; pair < keys.count(); pair++) {
      if (body.isRest(pair)) {
        body.writeRest(record, in, keys.keyAt(pair), end, names);
      } else if (!keys.isUsed(pair)) {
        values.uniquePair(record, Fields.RECORD_ATTRIBUTES, in, keys.pairs(), pair, end);
      }
    }
    if (mayRepeatPaths(maps, keys.mayHaveNested())) {
      record.size = start;
      unique.setLost(lost);
      values.resetCounts();
      return false;
    }
    if (kubernetes.rest.size + kubernetes.log.size > 0) {
      record.raw(kubernetes.rest.array, 0, kubernetes.rest.size);
      record.raw(kubernetes.log.array, 0, kubernetes.log.size);
    }
    return true;
  }

  /** Writes attributes and removes those with repeated keys; returns false if there were any. */
  private boolean writeOnce(
      ProtoBuffer record, byte[] in, int end, int addedAt, boolean mapsAsText) {
    int map = unique.open();
    if (keys.find(RecordKeys.ORIGIN) < 0) {
      append(record, origin, UniqueKeys.UNCOUNTED);
    }
    append(record, streamName.field(stream), UniqueKeys.UNCOUNTED);
    for (int pair = 0; pair < keys.count(); pair++) {
      if (body.isRest(pair)) {
        int start = record.size;
        body.writeRest(record, in, keys.keyAt(pair), end, names);
        unique.add(record, start, UniqueKeys.COUNTED);
      } else if (!keys.isUsed(pair)) {
        values.attribute(record, Fields.RECORD_ATTRIBUTES, in, keys.keyAt(pair), end, names);
      }
    }
    shadowUsed(record, in, end);
    boolean restAsText = mapsAsText && kubernetes.restPaths.size > 0;
    if (restAsText) {
      int start = record.size;
      int mapAt = keys.valueAt(keys.find(RecordKeys.KUBERNETES));
      kubernetes.writeAsText(record, in, mapAt, end);
      unique.add(record, start, UniqueKeys.COUNTED);
    } else {
      append(record, kubernetes.rest, UniqueKeys.COUNTED);
    }
    if (addedAt != EventDecoder.NONE) {
      values.attributes(record, Fields.RECORD_ATTRIBUTES, in, addedAt, end, names);
    }
    append(record, source.attributes, UniqueKeys.SHADOW);
    append(record, kubernetes.log, UniqueKeys.COUNTED);
    nesting = unique.mayNest(record, map);
    if (!restAsText) {
      append(record, kubernetes.restPaths, UniqueKeys.SHADOW);
    }
    append(record, source.nestedPaths, UniqueKeys.SHADOW);
    return unique.close(record, map);
  }

  private void writeOtlpOnce(ProtoBuffer record, EventDecoder event, int attributesAt) {
    int map = unique.open();
    values.attributes(
        record, Fields.RECORD_ATTRIBUTES, event.bytes(), attributesAt, event.end(), names);
    append(record, source.attributes, UniqueKeys.SHADOW);
    append(record, source.nestedPaths, UniqueKeys.SHADOW);
    unique.close(record, map);
  }

  /** Whether the paths of the attributes between two offsets differ from each other and from those of the resource. */
  private boolean haveUniquePaths(ProtoBuffer record, int start, int end) {
    paths.clear();
    paths.add(record, start, end);
    addPathsOfSource();
    return paths.areUnique();
  }

  private void addPathsOfSource() {
    paths.addAll(source.nestedPaths);
    if (source.nestedPaths.size == 0) {
      paths.add(source.attributes, 0, source.attributes.size);
    }
  }

  /** Removes earlier pairs that have the key of an already used pair: they are not attributes either. */
  private void shadowUsed(ProtoBuffer record, byte[] in, int end) {
    for (int pair = 0; pair < keys.count(); pair++) {
      if (keys.isUsed(pair)) {
        int start = record.size;
        int mark = record.begin(Fields.RECORD_ATTRIBUTES);
        values.attributeKey(record, in, keys.keyAt(pair), end, names);
        record.end(mark);
        unique.add(record, start, UniqueKeys.USED);
      }
    }
  }

  private void append(ProtoBuffer record, ProtoBuffer fields, byte kind) {
    int start = record.size;
    record.raw(fields.array, 0, fields.size);
    unique.addAll(record, start, kind);
  }
}
