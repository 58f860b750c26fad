package cloud.gardener.logging.sink;

import com.google.protobuf.CodedOutputStream;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.SplittableRandom;

/** Chooses the sink's replies. Called for one request at a time. */
@FunctionalInterface
public interface SinkBehaviour {
  /** The reply to the next request. */
  SinkReply next();

  /** The same reply each time. */
  static SinkBehaviour always(SinkReply reply) {
    return () -> reply;
  }

  /** Counts and says OK. */
  static SinkBehaviour accept() {
    return always(new SinkReply.Accept());
  }

  /** Fails with a status. */
  static SinkBehaviour fail(Status status) {
    return always(new SinkReply.Fail(status, new Metadata()));
  }

  /** Refuses each request as invalid (INVALID_ARGUMENT). */
  static SinkBehaviour refuse() {
    return fail(Status.INVALID_ARGUMENT);
  }

  /** RESOURCE_EXHAUSTED with a RetryInfo. */
  static SinkBehaviour exhausted(Duration retryDelay) {
    return always(
        new SinkReply.Fail(
            Status.RESOURCE_EXHAUSTED.withDescription("slow down"), retryInfo(retryDelay)));
  }

  /**
   * Fails with UNAVAILABLE now and then, and says OK otherwise.
   *
   * @param fraction of requests to fail, 0 to 1
   * @param seed of the random numbers: the same seed fails the same requests
   */
  static SinkBehaviour random(double fraction, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SinkReply accept = new SinkReply.Accept();
    SinkReply fail =
        new SinkReply.Fail(Status.UNAVAILABLE.withDescription("by chance"), new Metadata());
    return () -> random.nextDouble() < fraction ? fail : accept;
  }

  /** Trailers with a {@code google.rpc.Status} that holds one {@code google.rpc.RetryInfo}. */
  static Metadata retryInfo(Duration delay) {
    byte[] duration =
        message(
            out -> {
              out.writeInt64(1, delay.getSeconds());
              out.writeInt32(2, delay.getNano());
            });
    byte[] retryInfo = message(out -> out.writeByteArray(1, duration));
    byte[] any =
        message(
            out -> {
              out.writeString(1, "type.googleapis.com/google.rpc.RetryInfo");
              out.writeByteArray(2, retryInfo);
            });
    byte[] status =
        message(
            out -> {
              out.writeInt32(1, Status.Code.RESOURCE_EXHAUSTED.value());
              out.writeByteArray(3, any);
            });
    Metadata trailers = new Metadata();
    trailers.put(
        Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER), status);
    return trailers;
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes the fields of one message. */
  @FunctionalInterface
  interface Fields {
    /** Writes them. */
    void writeTo(CodedOutputStream out) throws IOException;
  }
}
