package cloud.gardener.logging.export.grpc;

import cloud.gardener.logging.export.ExportEnd;
import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * One export in flight. gRPC calls the listener on one thread at a time; {@link #cancel} may be called on any
 * thread.
 *
 * <p><b>When the request is written.</b> With an {@code onReadyThreshold} of 1, a stream is ready while it exists on
 * the connection and the socket has taken all its bytes. gRPC calls {@link #onReady} each time it becomes ready.
 * Once the whole message has been handed over, "ready" therefore means "written". An {@code onReady} may be stale,
 * from before the message or from between two of its pieces; for a stream that waits for its connection it usually
 * is. So the class relies on {@code isReady()} and checks it after each {@code onReady} and once after the message,
 * which misses no change. After {@code halfClose}, {@code isReady()} returns false forever. So the stream is closed
 * only after the message is written, with an empty frame behind it, which still precedes what the caller sends once
 * it is notified.
 */
public final class GrpcCall extends ClientCall.Listener<byte[]> {
  private final GrpcClient client;
  private final ExportRequest request;
  private final ExportEnd end;
  private volatile ClientCall<ExportRequest, byte[]> startedCall;
  private volatile boolean messageSent;
  private volatile boolean hasTrailers;
  private final AtomicBoolean halfClosed = new AtomicBoolean();
  private SharedChannel channel;
  private byte[] response;

  public GrpcCall(GrpcClient client, ExportRequest request, ExportEnd end) {
    this.client = client;
    this.request = request;
    this.end = end;
  }

  /** Starts the call. Throws nothing: a failure ends the call. */
  void start(SharedChannel channel, CallOptions options, SecretHeaders headers) {
    this.channel = channel;
    try {
      ClientCall<ExportRequest, byte[]> call =
          channel.newCall(
              options.withStreamTracerFactory(new TrailersSeen()), headers.names());
      call.start(this, headers.copy());
      startedCall = call;
      // One message is expected. The request for two lets gRPC detect a surplus message, and the end after one.
      call.request(2);
      call.sendMessage(request);
      messageSent = true;
      halfCloseIfWritten(call);
    } catch (RuntimeException | Error e) {
      // For example, no direct memory left. gRPC may or may not have called the listener already.
      end(Status.UNAVAILABLE.withDescription("the call cannot be made").withCause(e), null);
      cancel();
    }
  }

  /** Cancels the call; does nothing before {@link #start} has returned or after the end. */
  void cancel() {
    ClientCall<ExportRequest, byte[]> call = startedCall;
    if (call != null) {
      call.cancel("the client is closed", null);
    }
  }

  @Override
  public void onReady() {
    if (messageSent) {
      halfCloseIfWritten(startedCall);
    }
  }

  @Override
  public void onMessage(byte[] message) {
    response = message;
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    end(status, trailers);
  }

  private void halfCloseIfWritten(ClientCall<ExportRequest, byte[]> call) {
    if (call.isReady() && halfClosed.compareAndSet(false, true)) {
      call.halfClose();
      end.written();
    }
  }

  private void end(Status status, Metadata trailers) {
    // Created before the claim: nothing may fail between claim and report.
    Supplier<ExportResult> outcome =
        () ->
            GrpcOutcome.of(
                status,
                trailers == null ? new Metadata() : trailers,
                hasTrailers,
                response,
                request.records());
    if (!end.claim()) {
      return;
    }
    try {
      client.ended(this);
      if (status.getCode() == Status.Code.DEADLINE_EXCEEDED && !hasTrailers) {
        channel.markSuspect();
      }
    } finally {
      end.report(outcome, status.getCode().name(), response == null ? 0 : response.length);
    }
  }

  /** Distinguishes a status that the backend sent from one that grpc-java generated. */
  private final class TrailersSeen extends ClientStreamTracer.Factory {
    @Override
    public ClientStreamTracer newClientStreamTracer(
        ClientStreamTracer.StreamInfo info, Metadata headers) {
      return new ClientStreamTracer() {
        @Override
        public void inboundTrailers(Metadata trailers) {
          hasTrailers = true;
        }
      };
    }
  }
}
