package cloud.gardener.logging.otlp;

import cloud.gardener.logging.config.MappingConfig;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.Pairs;
import cloud.gardener.logging.event.TagMetadata;
import cloud.gardener.logging.event.Value;
import cloud.gardener.logging.otlp.keys.Names;
import cloud.gardener.logging.otlp.keys.RecordKeys;
import cloud.gardener.logging.otlp.resource.Kubernetes;
import cloud.gardener.logging.otlp.resource.ResourceDefaults;
import cloud.gardener.logging.otlp.resource.ResourceScope;
import cloud.gardener.logging.otlp.severity.LevelNames;
import cloud.gardener.logging.otlp.value.AnyValues;
import cloud.gardener.logging.otlp.value.Fields;
import cloud.gardener.logging.otlp.value.Json;
import cloud.gardener.logging.otlp.value.ProtoBuffer;
import cloud.gardener.logging.otlp.value.Text;
import cloud.gardener.logging.otlp.value.UniqueKeys;

/**
 * Encodes an event as an OTLP LogRecord, once; {@link RequestBuilder} puts it into requests.
 *
 * <p>Keys are unique on every level. No key of the resource is also an attribute of the record, except the pod's with
 * {@code KubernetesAttributes both}. A value that is replaced by another is counted in {@code dropped_attributes_count}
 * of the record, the resource or the scope.
 *
 * <p>Not thread-safe: one flush uses it at a time, with one {@link EventDecoder}. Allocates nothing for ordinary
 * records; allocates for strings that are not UTF-8, for keys that are not strings and for values nested too deep.
 */
public final class LogEncoder {
  private final Text text = new Text();
  private final UniqueKeys unique = new UniqueKeys();
  private final Json json = new Json(text, unique);
  private final AnyValues values = new AnyValues(text, json, unique);
  private final OtlpMetadata metadata = new OtlpMetadata();
  private final OtlpRecord otlpRecord = new OtlpRecord(text, values);
  private final Level level;
  private final TraceContext traceContext = new TraceContext();
  private final RecordKeys keys;
  private final Body body;
  private final Kubernetes kubernetes;
  private final LogAttributes attributes;
  private final ResourceScope source;
  private final ResourceDefaults defaults;

  private final ProtoBuffer record = new ProtoBuffer();
  private long observedUnixNano;

  // The body whose pod is encoded: if the next body repeats its map, the map need not be read again.
  private int kubernetesPair;
  private long kubernetesBody;

  /**
   * Creates an encoder for one output.
   *
   * @param version version of the plugin, for the scope
   */
  public LogEncoder(MappingConfig mapping, String version) {
    Names bodies = Names.of(mapping.bodyKeys());
    LevelNames levels = new LevelNames(mapping.severityKeys());
    this.keys = new RecordKeys(bodies, levels);
    this.level = new Level(mapping, levels, text);
    this.body = new Body(mapping, bodies, text, values, json, unique);
    this.kubernetes = new Kubernetes(mapping, text, values, unique);
    this.defaults = new ResourceDefaults(mapping, text);
    this.source = new ResourceScope(mapping, version, text, values, unique, defaults);
    this.attributes =
        new LogAttributes(mapping, values, unique, keys, body, kubernetes, source);
  }

  /** Starts a chunk of records that are observed at this time. */
  public void begin(long chunkObservedUnixNano) {
    observedUnixNano = chunkObservedUnixNano;
  }

  /** Encodes the decoder's current record, with no other Kubernetes metadata than its own. */
  public void encode(EventDecoder event) {
    encode(event, null);
  }

  /**
   * Encodes the decoder's current record.
   *
   * @param tag Kubernetes metadata for a record that has none of its own, or null
   */
  public void encode(EventDecoder event, TagMetadata tag) {
    record.reset();
    unique.setLost(0);
    metadata.read(event);
    if (metadata.isOtlp()) {
      encodeOtlp(event);
    } else {
      encodeOrdinary(event, tag);
    }
  }

  private void encodeOtlp(EventDecoder event) {
    source.ofOtlp(event);
    encodeOtlp(event, false);
    if (otlpRecord.mapAt() != EventDecoder.NONE && !attributes.areUniqueBesideBody(record, event, otlpRecord.mapAt())) {
      record.reset();
      unique.setLost(0);
      encodeOtlp(event, true);
    }
    writeDropped(otlpRecord.dropped() & 0xffffffffL);
  }

  private void encodeOtlp(EventDecoder event, boolean bodyAsText) {
    otlpRecord.encode(record, event, metadata.mapAt(), observedUnixNano, bodyAsText);
    attributes.writeOtlp(record, event, metadata.attributesAt());
  }

  private void encodeOrdinary(EventDecoder event, TagMetadata tag) {
    byte[] in = event.bytes();
    int end = event.end();
    keys.index(event);
    if (event.timeUnixNano() != 0) {
      record.fixed64Field(Fields.RECORD_TIME, event.timeUnixNano());
    }
    body.write(record, event, keys);
    level.write(record, in, end, keys, body);
    boolean changed = updateKubernetes(event, tag);
    changed |= defaults.update(event, keys, metadata.attributesAt());
    source.of(event, kubernetes, changed);
    traceContext.write(record, in, end, keys);
    attributes.write(record, event, metadata.attributesAt());
    writeDropped(kubernetes.lost);
    // Written last: nine bytes before the body would misalign the copies after them, which is slower.
    record.fixed64Field(Fields.RECORD_OBSERVED_TIME, observedUnixNano);
  }

  private void writeDropped(long before) {
    long dropped = before + unique.lost();
    if (dropped > 0) {
      record.varintField(Fields.RECORD_DROPPED, Math.min(dropped, 0xffffffffL));
    }
  }

  /** Updates the pod's fields; returns whether the pod differs from that of the record before. */
  private boolean updateKubernetes(EventDecoder event, TagMetadata tag) {
    int pair = keys.find(RecordKeys.KUBERNETES);
    Pairs pairs = event.pairs();
    if (pair < 0 || pairs.kind(pair) != Value.MAP) {
      return updateFromTag(tag);
    }
    keys.markUsed(pair);
    boolean isSamePod =
        pairs.isRepeated(pair)
            && pair == kubernetesPair
            && event.bodyNumber() == kubernetesBody + 1;
    kubernetesPair = pair;
    kubernetesBody = event.bodyNumber();
    return !isSamePod && kubernetes.update(event.bytes(), pairs.valueAt(pair), pairs.valueEnd(pair));
  }

  /** Uses the tag's metadata for a record without a {@code kubernetes} map. */
  private boolean updateFromTag(TagMetadata tag) {
    return tag == null ? kubernetes.clear() : kubernetes.update(tag);
  }

  /** Total number of strings that were repaired because they were not UTF-8. */
  public long repairedStrings() {
    return text.repaired();
  }

  /** Total number of values that became JSON because they were nested too deep. */
  public long deepValues() {
    return values.deep();
  }

  ProtoBuffer record() {
    return record;
  }

  ProtoBuffer resource() {
    return source.resource;
  }

  int sourceHash() {
    return source.hash;
  }

  /** Increases whenever resource or scope are encoded anew. */
  long sourceVersion() {
    return source.version;
  }

  ProtoBuffer scope() {
    return source.scope;
  }
}
