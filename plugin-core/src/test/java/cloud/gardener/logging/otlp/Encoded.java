package cloud.gardener.logging.otlp;

import cloud.gardener.logging.config.MappingConfig;
import cloud.gardener.logging.config.keys.Mappings;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.MsgPack;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.Map;

/** Encodes chunks as the plugin does and parses what came out with opentelemetry-proto. */
public final class Encoded {
  static final MappingConfig PLAIN = Mappings.DEFAULT;

  /** When all records are observed. */
  static final long OBSERVED_UNIX_NANO = 1_700_000_100_000_000_000L;

  final EventDecoder decoder = new EventDecoder();
  final LogEncoder encoder;
  final RequestBuilder builder = new RequestBuilder();
  int malformed;

  public Encoded(MappingConfig mapping) {
    encoder = new LogEncoder(mapping, "1.2.3");
    encoder.begin(OBSERVED_UNIX_NANO);
  }

  /** The request of a chunk. */
  public ExportLogsServiceRequest request(byte[] chunk) {
    return request(chunk, chunk.length);
  }

  /** The request of a chunk that is the start of an array. */
  ExportLogsServiceRequest request(byte[] array, int size) {
    decoder.wrap(array, size);
    builder.reset();
    malformed = 0;
    for (int kind = decoder.next(); kind != EventDecoder.END; kind = decoder.next()) {
      if (kind == EventDecoder.MALFORMED) {
        malformed++;
        continue;
      }
      encoder.encode(decoder);
      int bound = builder.sizeWith(encoder);
      builder.add(encoder);
      if (builder.sizeBytes() > bound) {
        throw new AssertionError(builder.sizeBytes() + " bytes, promised at most " + bound);
      }
    }
    byte[] bytes = new byte[builder.sizeBytes()];
    builder.writeTo(bytes, 0);
    try {
      return ExportLogsServiceRequest.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("not protobuf", e);
    }
  }

  /** The only record of an event with this body. */
  public static LogRecord record(Object body) {
    ExportLogsServiceRequest request =
        new Encoded(PLAIN).request(new MsgPack().event(1, 2, Map.of(), body).bytes());
    return request.getResourceLogs(0).getScopeLogs(0).getLogRecords(0);
  }
}
