package cloud.gardener.logging.otlp;

import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.TagMetadata;
import cloud.gardener.logging.otlp.value.Fields;
import cloud.gardener.logging.otlp.value.ProtoBuffer;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * Makes a record that is too large for any request one that fits: see {@link EventCut} for what is cut. Neither the
 * record as it came nor its encoding is ever in memory as a whole, however large it is.
 *
 * <p>The event is cut and then encoded like any other, so that all rules of the mapping hold; what it becomes is larger
 * or smaller than the event, so that more than one attempt may be needed. Not thread-safe. Allocates.
 */
public final class Truncation {
  /** Each comes close to the size if the one before did not; the first suffices for most records. */
  private static final int ATTEMPTS = 8;

  /** The marks, and what stands around a record. */
  private static final int HEADROOM_BYTES = 1 << 10;

  private static final double SAFETY = 0.97;

  private final Supplier<LogEncoder> encoders;
  private final EventCut cut = new EventCut();

  /**
   * @param encoders makes encoders, of which none has encoded anything: an encoder serves one decoder only
   */
  public Truncation(Supplier<LogEncoder> encoders) {
    this.encoders = encoders;
  }

  /**
   * Encodes the decoder's current record if it fits into a request as it is.
   *
   * @param tag as for {@link LogEncoder#encode}
   * @param maxBytes of a request that holds nothing else
   * @return false when it does not fit; the encoder then has no record
   */
  public static boolean encodeWhole(
      LogEncoder encoder, EventDecoder event, TagMetadata tag, int maxBytes) {
    if ((long) event.sizeBytes() + event.groupSizeBytes() > maxBytes) {
      return false;
    }
    encoder.encode(event, tag);
    if (RequestBuilder.sizeAlone(encoder) <= maxBytes) {
      return true;
    }
    encoder.record().reset();
    return false;
  }

  /**
   * Cuts and encodes the decoder's current record.
   *
   * @return an encoder whose current record this is, or null when the record cannot be made to fit
   */
  public LogEncoder cut(EventDecoder event, TagMetadata tag, int maxBytes) {
    OtlpMetadata metadata = new OtlpMetadata();
    metadata.read(event);
    long eventBytes = maxBytes - HEADROOM_BYTES;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      LogEncoder encoder = encoders.get();
      EventDecoder decoder = new EventDecoder();
      ByteBuffer events = cut.cut(event, metadata.isOtlp(), (int) eventBytes);
      decoder.wrap(events, events.remaining());
      if (decoder.next() != EventDecoder.RECORD) {
        throw new IllegalStateException("the copy of an event is none");
      }
      encoder.encode(decoder, tag);
      addDropped(encoder.record(), cut.leftOut());
      int size = RequestBuilder.sizeAlone(encoder);
      if (size <= maxBytes) {
        return encoder;
      }
      eventBytes = (long) (SAFETY * eventBytes * maxBytes / size);
    }
    return null;
  }

  /** Adds to what the record says was dropped of its attributes. Of a field that stands twice, the last one counts. */
  private static void addDropped(ProtoBuffer record, int attributes) {
    if (attributes == 0) {
      return;
    }
    long before = 0;
    try {
      CodedInputStream in = CodedInputStream.newInstance(record.array, 0, record.size);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == Fields.RECORD_DROPPED) {
          before = in.readRawVarint64();
        } else {
          in.skipField(tag);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("a record of our own cannot be read", e);
    }
    record.varintField(Fields.RECORD_DROPPED, Math.min(before + attributes, 0xffffffffL));
  }
}
