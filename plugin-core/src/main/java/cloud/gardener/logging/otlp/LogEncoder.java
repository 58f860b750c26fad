package cloud.gardener.logging.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.gardener.logging.config.MappingConfig;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.TagMetadata;
import cloud.gardener.logging.event.Value;
import java.nio.ByteBuffer;

/**
 * Encodes an event as an OTLP LogRecord, once; {@link RequestBuilder} puts it into requests.
 *
 * <p>Not thread-safe: one flush uses it at a time, with one {@link EventDecoder}. Allocates nothing for
 * ordinary records; for strings that are not UTF-8, keys that are no strings and values nested too deep
 * it does.
 */
public final class LogEncoder {
  private static final byte[] ORIGIN = "origin".getBytes(UTF_8);
  private static final byte[][] DIGITS = new byte[100][];

  static {
    for (int i = 0; i < DIGITS.length; i++) {
      DIGITS[i] = Integer.toString(i).getBytes(UTF_8);
    }
  }

  private final Text text = new Text();
  private final AnyValues values = new AnyValues(text);
  private final RecordKeys keys = new RecordKeys();
  private final Value value = new Value();
  private final OtlpRecord otlpRecord = new OtlpRecord(text, values);
  private final Kubernetes kubernetes;
  private final Source source;
  private final ProtoBuffer origin = new ProtoBuffer();

  private final ProtoBuffer record = new ProtoBuffer();

  // Of the body whose pod is encoded: a map that is repeated in the next one need not be looked at.
  private int kubernetesPair;
  private long kubernetesBody;

  /**
   * An encoder for one output.
   *
   * @param version of the plugin, for the scope
   */
  public LogEncoder(MappingConfig mapping, String version) {
    this.kubernetes = new Kubernetes(mapping.kubernetesAttributes(), text, values);
    this.source = new Source(mapping, version, text, values);
    if (!mapping.origin().isEmpty()) {
      Source.attribute(origin, Fields.RECORD_ATTRIBUTES, ORIGIN, mapping.origin().getBytes(UTF_8));
    }
  }

  /** Encodes the decoder's current record, which has no other Kubernetes metadata than its own. */
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
    int otlpAt = otlpRecord.find(event);
    if (otlpAt != EventDecoder.NONE) {
      otlpRecord.encode(record, event, otlpAt);
      source.ofOtlp(event);
      return;
    }
    ByteBuffer in = event.bytes();
    int end = event.end();
    keys.index(in, event.pairs());
    record.fixed64Field(Fields.RECORD_TIME, event.timeUnixNano());
    boolean whole = body(in, event.bodyAt(), end);
    if (!severity(in, end) && bodyPair() >= 0) {
      severityOfBody(in, end);
    }
    boolean changed = kubernetes(event, tag);
    traceContext(in, end);
    record.raw(origin.array, 0, origin.size);
    record.raw(kubernetes.log.array, 0, kubernetes.log.size);
    if (!whole) {
      attributes(in, end);
    }
    source.of(event, kubernetes, changed);
  }

  private int bodyPair() {
    int log = keys.find(RecordKeys.LOG);
    return log >= 0 ? log : keys.find(RecordKeys.MESSAGE);
  }

  /** Writes the body; true when it is the whole record, for want of a message. */
  private boolean body(ByteBuffer in, int recordAt, int end) {
    int pair = bodyPair();
    if (pair >= 0) {
      keys.take(pair);
    }
    values.field(record, Fields.RECORD_BODY, in, pair >= 0 ? keys.valueAt(pair) : recordAt, end);
    return pair < 0;
  }

  private boolean severity(ByteBuffer in, int end) {
    for (int code = RecordKeys.FIRST_LEVEL; code < RecordKeys.CODES; code++) {
      int pair = keys.find(code);
      if (pair >= 0 && severityFields(in, keys.valueAt(pair), end)) {
        keys.take(pair);
        return true;
      }
    }
    return false;
  }

  /** Looks for the level in a body that is a map; the first of the names in their order counts. */
  private void severityOfBody(ByteBuffer in, int end) {
    int at = value.read(in, keys.valueAt(bodyPair()), end);
    int best = RecordKeys.CODES;
    int bestAt = EventDecoder.NONE;
    for (int pairs = value.kind == Value.MAP ? value.length : 0; pairs > 0; pairs--) {
      int valueAt = value.read(in, at, end);
      if (value.kind == Value.STRING) {
        int code = RecordKeys.NAMES.code(in, value.offset, value.length);
        if (code >= RecordKeys.FIRST_LEVEL && code <= best) {
          best = code;
          bestAt = valueAt;
        }
      } else {
        valueAt = value.skip(in, at, end);
      }
      at = value.skip(in, valueAt, end);
    }
    if (bestAt != EventDecoder.NONE) {
      severityFields(in, bestAt, end);
    }
  }

  /** Writes number and text of a level; false when the value is no level at all. */
  private boolean severityFields(ByteBuffer in, int at, int end) {
    value.read(in, at, end);
    if (value.kind != Value.STRING && value.kind != Value.INTEGER && value.kind != Value.FLOAT) {
      return false;
    }
    int number = Severity.of(in, value);
    if (number != Severity.UNSPECIFIED) {
      record.varintField(Fields.RECORD_SEVERITY_NUMBER, number);
    }
    if (value.kind == Value.STRING) {
      text.field(record, Fields.RECORD_SEVERITY_TEXT, in, value.offset, value.length);
    } else {
      numberField(Fields.RECORD_SEVERITY_TEXT);
    }
    return true;
  }

  /** The number at hand as decimal digits; what is no small integer is rare enough for a string. */
  private void numberField(int tag) {
    if (value.kind == Value.INTEGER && value.integer >= 0 && value.integer < DIGITS.length) {
      record.bytesField(tag, DIGITS[(int) value.integer]);
    } else {
      String number =
          value.kind == Value.INTEGER ? Long.toString(value.integer) : Double.toString(value.real);
      record.bytesField(tag, number.getBytes(UTF_8));
    }
  }

  /** Whether the pod is another than the last time. */
  private boolean kubernetes(EventDecoder event, TagMetadata tag) {
    int pair = keys.find(RecordKeys.KUBERNETES);
    if (pair < 0) {
      return instead(tag);
    }
    ByteBuffer in = event.bytes();
    int at = keys.valueAt(pair);
    value.read(in, at, event.end());
    if (value.kind != Value.MAP) {
      return instead(tag);
    }
    keys.take(pair);
    boolean known =
        event.pairs().isRepeated(pair)
            && pair == kubernetesPair
            && event.bodyNumber() == kubernetesBody + 1;
    kubernetesPair = pair;
    kubernetesBody = event.bodyNumber();
    return !known && kubernetes.update(in, at, event.pairs().valueEnd(pair));
  }

  /** For a record without a map. */
  private boolean instead(TagMetadata tag) {
    return tag == null ? kubernetes.clear() : kubernetes.update(tag);
  }

  private void traceContext(ByteBuffer in, int end) {
    id(RecordKeys.TRACE_ID, Fields.RECORD_TRACE_ID, Hex.TRACE_ID_BYTES, in, end);
    id(RecordKeys.SPAN_ID, Fields.RECORD_SPAN_ID, Hex.SPAN_ID_BYTES, in, end);
    int pair = keys.find(RecordKeys.TRACE_FLAGS);
    if (pair >= 0) {
      value.read(in, keys.valueAt(pair), end);
      int flags = Hex.flags(in, value);
      if (flags >= 0) {
        keys.take(pair);
        record.fixed32Field(Fields.RECORD_FLAGS, flags);
      }
    }
  }

  private void id(int code, int tag, int idBytes, ByteBuffer in, int end) {
    int pair = keys.find(code);
    if (pair >= 0) {
      value.read(in, keys.valueAt(pair), end);
      if (Hex.idField(record, tag, idBytes, in, value)) {
        keys.take(pair);
      }
    }
  }

  private void attributes(ByteBuffer in, int end) {
    for (int pair = 0; pair < keys.count(); pair++) {
      if (!keys.isTaken(pair)) {
        values.keyValue(record, Fields.RECORD_ATTRIBUTES, in, keys.keyAt(pair), end);
      }
    }
  }

  /** Strings that were not UTF-8 and were repaired, ever. */
  public long repairedStrings() {
    return text.repaired();
  }

  /** Values that were nested too deep and became JSON, ever. */
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

  /** Counts up whenever resource or scope are encoded anew. */
  long sourceVersion() {
    return source.version;
  }

  ProtoBuffer scope() {
    return source.scope;
  }
}
