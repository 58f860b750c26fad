package cloud.gardener.logging.otlp.resource;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cloud.gardener.logging.event.Pairs;
import cloud.gardener.logging.event.Value;
import cloud.gardener.logging.otlp.keys.Names;
import cloud.gardener.logging.otlp.keys.RecordKeys;
import cloud.gardener.logging.otlp.value.Fields;
import cloud.gardener.logging.otlp.value.ProtoBuffer;

/**
 * The log attribute {@code log.iostream} of the semantic conventions, in addition to the key {@code stream} that
 * container log parsers write. Not thread-safe.
 */
public final class StreamName {
  /** The stream is unknown, or the record has the attribute itself. */
  public static final int NONE = 0;

  private static final byte[] KEY = "log.iostream".getBytes(US_ASCII);
  private static final Names NAMES = new Names(new String[] {"stdout"}, new String[] {"stderr"});

  private final boolean enabled;
  private final ProtoBuffer[] fields = {new ProtoBuffer(), field("stdout"), field("stderr")};

  public StreamName(boolean enabled) {
    this.enabled = enabled;
  }

  private static ProtoBuffer field(String name) {
    ProtoBuffer field = new ProtoBuffer();
    ResourceScope.attribute(field, Fields.RECORD_ATTRIBUTES, KEY, name.getBytes(US_ASCII));
    return field;
  }

  /** Returns the stream of a record whose keys are indexed; the number is for {@link #field}. */
  public int of(byte[] in, RecordKeys keys) {
    int pair = enabled ? keys.find(RecordKeys.STREAM) : -1;
    if (pair < 0 || keys.find(RecordKeys.IOSTREAM) >= 0) {
      return NONE;
    }
    Pairs pairs = keys.pairs();
    return pairs.kind(pair) == Value.STRING
        ? 1 + NAMES.code(in, pairs.textAt(pair), pairs.textLength(pair))
        : NONE;
  }

  /** Returns the attribute as a field of the record; empty for NONE. */
  public ProtoBuffer field(int stream) {
    return fields[stream];
  }
}
