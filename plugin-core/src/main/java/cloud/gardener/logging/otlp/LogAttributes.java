package cloud.gardener.logging.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.gardener.logging.event.EventDecoder;
import java.nio.ByteBuffer;

/**
 * Writes the attributes of a log record, each key once and none that the resource has. Where several
 * would bear one key, this is who wins over those before it:
 *
 * <ol>
 *   <li>the configured origin
 *   <li>the record's fields, in their order
 *   <li>the rest of the Kubernetes map
 *   <li>attributes that a processor added
 *   <li>the resource, whose attributes are not written here
 *   <li>the pod's identity, where it is wanted in the log record
 * </ol>
 *
 * <p>What was found to be unique is not looked at again in records with the same keys and the same source.
 * Not thread-safe.
 */
final class LogAttributes {
  private static final byte[] ORIGIN = "origin".getBytes(UTF_8);

  private final AnyValues values;
  private final UniqueKeys unique;
  private final ProtoBuffer origin = new ProtoBuffer();

  LogAttributes(String origin, AnyValues values, UniqueKeys unique) {
    this.values = values;
    this.unique = unique;
    if (!origin.isEmpty()) {
      Source.attribute(this.origin, Fields.RECORD_ATTRIBUTES, ORIGIN, origin.getBytes(UTF_8));
    }
  }

  /**
   * Writes those of a record whose keys are indexed.
   *
   * @param addedAt where the map of added attributes lies, or NONE
   */
  void write(
      ProtoBuffer record,
      EventDecoder event,
      RecordKeys keys,
      Body body,
      int addedAt,
      Kubernetes kubernetes,
      Source source) {
    boolean hasOrigin = keys.find(RecordKeys.ORIGIN) >= 0;
    ByteBuffer in = event.bytes();
    int end = event.end();
    if (addedAt == EventDecoder.NONE && keys.areKnownToBeUnique(source.version)) {
      writeUnique(record, in, end, keys, body, hasOrigin, kubernetes);
      return;
    }
    int map = unique.open();
    if (!hasOrigin) {
      append(record, origin, UniqueKeys.UNCOUNTED);
    }
    for (int pair = 0; pair < keys.count(); pair++) {
      if (body.isRest(pair)) {
        int start = record.size;
        body.rest(record, in, keys.keyAt(pair), end);
        unique.add(record, start, UniqueKeys.COUNTED);
      } else if (!keys.isTaken(pair)) {
        values.keyValue(record, Fields.RECORD_ATTRIBUTES, in, keys.keyAt(pair), end);
      }
    }
    shadowTaken(record, in, end, keys);
    append(record, kubernetes.rest, UniqueKeys.COUNTED);
    if (addedAt != EventDecoder.NONE) {
      values.openPairs(record, Fields.RECORD_ATTRIBUTES, in, addedAt, end);
    }
    append(record, source.attributes, UniqueKeys.SHADOW);
    append(record, kubernetes.log, UniqueKeys.COUNTED);
    if (unique.close(record, map) && addedAt == EventDecoder.NONE) {
      keys.rememberUnique(source.version);
    }
  }

  private void writeUnique(
      ProtoBuffer record,
      ByteBuffer in,
      int end,
      RecordKeys keys,
      Body body,
      boolean hasOrigin,
      Kubernetes kubernetes) {
    if (!hasOrigin) {
      record.raw(origin.array, 0, origin.size);
    }
    for (int pair = 0; pair < keys.count(); pair++) {
      if (body.isRest(pair)) {
        body.rest(record, in, keys.keyAt(pair), end);
      } else if (!keys.isTaken(pair)) {
        values.uniqueKeyValue(record, Fields.RECORD_ATTRIBUTES, in, keys.keyAt(pair), end);
      }
    }
    record.raw(kubernetes.rest.array, 0, kubernetes.rest.size);
    record.raw(kubernetes.log.array, 0, kubernetes.log.size);
  }

  /** Writes those of a record that came in as OTLP. */
  void writeOtlp(ProtoBuffer record, EventDecoder event, int attributesAt, Source source) {
    int map = unique.open();
    if (attributesAt != EventDecoder.NONE) {
      values.openPairs(record, Fields.RECORD_ATTRIBUTES, event.bytes(), attributesAt, event.end());
      append(record, source.attributes, UniqueKeys.SHADOW);
    }
    unique.close(record, map);
  }

  /** An earlier pair with the key of one that is spoken for is no attribute either. */
  private void shadowTaken(ProtoBuffer record, ByteBuffer in, int end, RecordKeys keys) {
    for (int pair = 0; pair < keys.count(); pair++) {
      if (keys.isTaken(pair)) {
        int start = record.size;
        int mark = record.begin(Fields.RECORD_ATTRIBUTES);
        values.key(record, in, keys.keyAt(pair), end);
        record.end(mark);
        unique.add(record, start, UniqueKeys.SHADOW);
      }
    }
  }

  private void append(ProtoBuffer record, ProtoBuffer fields, byte kind) {
    int start = record.size;
    record.raw(fields.array, 0, fields.size);
    unique.addAll(record, start, kind);
  }
}
