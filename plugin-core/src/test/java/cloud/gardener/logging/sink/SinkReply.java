package cloud.gardener.logging.sink;

import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;

/** What the sink does with one request. */
public sealed interface SinkReply {

  /** Counts the request and says OK. */
  record Accept() implements SinkReply {}

  /**
   * Counts the request, except for the records it rejects, and says so.
   *
   * @param rejected of the request's records; the first ones
   * @param message of the partial success
   */
  record Partial(long rejected, String message) implements SinkReply {}

  /**
   * Counts the request, and answers with a failure all the same: the sender must send it again.
   *
   * @param status of the answer
   */
  record AcceptSilently(Status status) implements SinkReply {}

  /**
   * Counts nothing and answers with a failure.
   *
   * @param status of the answer
   * @param trailers of the answer
   */
  record Fail(Status status, Metadata trailers) implements SinkReply {}

  /**
   * As {@link Accept}, but refuses as servers in Go do what is larger than they take.
   *
   * @param bytes of the largest request
   */
  record Limit(int bytes) implements SinkReply {}

  /**
   * As {@link Accept}, but refuses with INVALID_ARGUMENT what holds a text.
   *
   * @param text in a record of the request
   */
  record Poison(String text) implements SinkReply {}

  /** Counts nothing and answers nothing, until {@link OtlpSink#releaseHanging}. */
  record Hang() implements SinkReply {}

  /** Counts nothing and resets every connection. */
  record Reset() implements SinkReply {}

  /**
   * As {@link Accept}, later.
   *
   * @param delay before it
   */
  record Slow(Duration delay) implements SinkReply {}
}
