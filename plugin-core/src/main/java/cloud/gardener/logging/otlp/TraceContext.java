package cloud.gardener.logging.otlp;

import cloud.gardener.logging.event.Value;
import cloud.gardener.logging.otlp.keys.RecordKeys;
import cloud.gardener.logging.otlp.value.Fields;
import cloud.gardener.logging.otlp.value.Hex;
import cloud.gardener.logging.otlp.value.ProtoBuffer;

/**
 * Writes trace id, span id and flags from the usual keys of a record. Without a trace id, span id and flags have no
 * meaning and remain attributes. Not thread-safe.
 */
final class TraceContext {
  private final Value value = new Value();

  /** Writes those that the record has, and marks their pairs as used. */
  void write(ProtoBuffer record, byte[] in, int end, RecordKeys keys) {
    int trace = RecordKeys.TRACE_ID;
    if (!id(record, trace, Fields.RECORD_TRACE_ID, Hex.TRACE_ID_BYTES, in, end, keys)) {
      return;
    }
    id(record, RecordKeys.SPAN_ID, Fields.RECORD_SPAN_ID, Hex.SPAN_ID_BYTES, in, end, keys);
    int pair = keys.find(RecordKeys.TRACE_FLAGS);
    if (pair >= 0) {
      value.read(in, keys.valueAt(pair), end);
      int flags = Hex.flags(in, value);
      if (flags >= 0) {
        keys.markUsed(pair);
        record.fixed32Field(Fields.RECORD_FLAGS, flags);
      }
    }
  }

  private boolean id(
      ProtoBuffer record, int code, int tag, int idBytes, byte[] in, int end, RecordKeys keys) {
    int pair = keys.find(code);
    if (pair < 0) {
      return false;
    }
    value.read(in, keys.valueAt(pair), end);
    boolean written = Hex.idField(record, tag, idBytes, in, value);
    if (written) {
      keys.markUsed(pair);
    }
    return written;
  }
}
