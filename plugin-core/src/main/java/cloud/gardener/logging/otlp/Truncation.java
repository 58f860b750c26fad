package cloud.gardener.logging.otlp;

import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.TagMetadata;
import cloud.gardener.logging.otlp.value.Fields;
import cloud.gardener.logging.otlp.value.ProtoBuffer;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * Truncates a record that is too large for any request until it fits; {@link EventTruncator} describes what is
 * truncated. The encoding of the original record is never held in memory as a whole.
 *
 * <p>The event is truncated first and then encoded like any other, so that all rules of the mapping apply. Its encoding
 * may be larger or smaller than the event, so that several attempts may be needed. Not thread-safe. Allocates.
 */
public final class Truncation {
  /** Each attempt comes closer to the size; the first is enough for most records. */
  private static final int ATTEMPTS = 8;

  /** Room for the marks, and for the bytes that frame a record. */
  private static final int HEADROOM_BYTES = 1 << 10;

  private static final double SAFETY = 0.97;

  private final Supplier<LogEncoder> encoders;
  private final EventTruncator truncator = new EventTruncator();

  /**
   * Creates a truncation.
   *
   * @param encoders supplies new encoders that have not encoded anything: an encoder serves one decoder only
   */
  public Truncation(Supplier<LogEncoder> encoders) {
    this.encoders = encoders;
  }

  /**
   * Encodes the decoder's current record if it fits into a request without truncation.
   *
   * @param tag as for {@link LogEncoder#encode}
   * @param maxBytes maximum size of a request with only this record
   * @return false if the record does not fit; the encoder then has no record
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
   * Truncates and encodes the decoder's current record.
   *
   * @return an encoder whose current record is the truncated one, or null if the record cannot be made to fit
   */
  public LogEncoder truncate(EventDecoder event, TagMetadata tag, int maxBytes) {
    OtlpMetadata metadata = new OtlpMetadata();
    metadata.read(event);
    long eventBytes = maxBytes - HEADROOM_BYTES;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      LogEncoder encoder = encoders.get();
      EventDecoder decoder = new EventDecoder();
      truncator.truncate(event, metadata.isOtlp(), (int) eventBytes);
      decoder.wrap(truncator.bytes(), truncator.size());
      if (decoder.next() != EventDecoder.RECORD) {
        throw new IllegalStateException("the copy of an event is none");
      }
      encoder.encode(decoder, tag);
      addDropped(encoder.record(), truncator.omitted());
      int size = RequestBuilder.sizeAlone(encoder);
      if (size <= maxBytes) {
        return encoder;
      }
      eventBytes = (long) (SAFETY * eventBytes * maxBytes / size);
    }
    return null;
  }

  /** Adds to the record's count of dropped attributes. The field may occur twice; decoders use the last one. */
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
