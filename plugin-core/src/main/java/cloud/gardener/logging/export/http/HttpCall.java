package cloud.gardener.logging.export.http;

import cloud.gardener.logging.export.ExportEnd;
import cloud.gardener.logging.export.ExportResult;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One HTTP export in flight.
 *
 * <p>{@link #start} and {@link #cancel} may be called on any thread; everything else runs on the thread that drives
 * the connections.
 */
public final class HttpCall {
  /** A size that the allocator can serve from its chunks. */
  private static final int PIECE_BYTES = 1024 * 1024;

  private final HttpClient client;
  private final String target;
  private final HttpHeaders headers;
  private final ByteBuf body;
  private final int records;
  private final ExportEnd end;
  private final ReceivedResponse response = new ReceivedResponse();
  private HttpConnection connection;
  private Future<?> timeout;
  private boolean responseReceived;

  /**
   * Does not send anything yet.
   *
   * @param target the request target: a path, or a URL when a proxy reads it
   * @param headers of this call only
   * @param body without reference counting
   * @param records number of records in the request
   */
  public HttpCall(
      HttpClient client,
      String target,
      HttpHeaders headers,
      ByteBuf body,
      int records,
      ExportEnd end) {
    this.client = client;
    this.target = target;
    this.headers = headers;
    this.body = body;
    this.records = records;
    this.end = end;
  }

  /** Starts the call. Throws nothing: a failure ends the call. */
  void start(EventLoop loop, HttpConnections connections, SslContext tls, long timeoutNanos) {
    try {
      loop.execute(
          () -> {
            try {
              timeout = loop.schedule(this::timedOut, timeoutNanos, TimeUnit.NANOSECONDS);
              connections.send(this, tls);
            } catch (RuntimeException | Error e) {
              failed(e); // For example, no direct memory left.
            }
          });
    } catch (RejectedExecutionException e) {
      cancel(loop);
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  /** Cancels the call; does nothing after its end. */
  void cancel(EventLoop loop) {
    try {
      loop.execute(this::cancelled);
    } catch (RejectedExecutionException e) {
      cancelled(); // The event loop has ended, so nothing else ends the call.
    }
  }

  /** Whether the call has ended. */
  boolean hasEnded() {
    return end.isClaimed();
  }

  /**
   * Writes the request.
   *
   * @param channel of a connection, or of its stream
   * @param newConnection the connection
   * @return completes when the request is written
   */
  ChannelFuture writeTo(Channel channel, HttpConnection newConnection) {
    connection = newConnection;
    DefaultHttpRequest head =
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, target, headers);
    channel.write(head, channel.voidPromise());
    int offset = body.readerIndex();
    for (; body.writerIndex() - offset > PIECE_BYTES; offset += PIECE_BYTES) {
      channel.write(
          new DefaultHttpContent(body.retainedSlice(offset, PIECE_BYTES)), channel.voidPromise());
    }
    channel.write(
        new DefaultHttpContent(body.retainedSlice(offset, body.writerIndex() - offset)),
        channel.voidPromise());
    return channel
        .writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
        .addListener(
            written -> {
              if (written.isSuccess()) {
                end.written();
              }
            });
  }

  /**
   * Adds a part of the response; does not release it.
   *
   * @return whether it was the last one; the call has then ended
   */
  public boolean receive(HttpObject part) {
    boolean last;
    try {
      last = response.add(part);
    } catch (RuntimeException | Error e) {
      failed(e);
      return true;
    }
    if (last) {
      // Created before the claim: nothing may fail between claim and report.
      Supplier<ExportResult> outcome = this::outcome;
      String statusCode = Integer.toString(response.status().code());
      if (end.claim()) {
        responseReceived = true;
        finish(outcome, statusCode, response.bodyBytes());
      }
    }
    return last;
  }

  private ExportResult outcome() {
    String requestType = headers.get(HttpHeaderNames.CONTENT_TYPE);
    return HttpOutcome.of(response, requestType, records, Instant.now());
  }

  /** Whether the connection may carry another call after this one. */
  boolean isKeepAlive() {
    return responseReceived && response.isKeepAlive();
  }

  /** The call failed without a response. */
  public void failed(Throwable failure) {
    Supplier<ExportResult> outcome = () -> HttpOutcome.failed(failure);
    if (end.claim()) {
      finish(outcome, "UNAVAILABLE", 0);
    }
  }

  private void timedOut() {
    Supplier<ExportResult> outcome =
        () -> HttpOutcome.failed(new IOException("no answer within the timeout"));
    if (end.claim()) {
      try {
        if (connection != null) {
          connection.abandon(this);
          // The connection may be dead without a notice.
          connection.retire();
        }
      } finally {
        finish(outcome, "DEADLINE_EXCEEDED", 0);
      }
    }
  }

  private void cancelled() {
    Supplier<ExportResult> outcome = () -> ExportResult.Retry.withBackoff("the client is closed");
    if (end.claim()) {
      try {
        if (connection != null) {
          connection.abandon(this);
        }
      } finally {
        finish(outcome, "CANCELLED", 0);
      }
    }
  }

  private void finish(Supplier<ExportResult> outcome, String statusCode, long responseBytes) {
    try {
      if (timeout != null) {
        timeout.cancel(false);
      }
      client.ended(this);
    } finally {
      end.report(outcome, statusCode, responseBytes);
    }
  }
}
