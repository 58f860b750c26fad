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
 * One export under way. Hears from gRPC on one thread at a time; {@link #cancel} may come from
 * any.
 *
 * <p><b>When the request is written.</b> With {@code onReadyThreshold} 1 a stream is ready while it
 * exists on the connection and has no byte of ours that the socket has not taken; {@link #onReady} comes
 * each time it becomes so. Once the whole message has been handed over, "ready" is therefore "written".
 * An {@code onReady} may be late, from before the message or from between two of its pieces, and for a
 * stream that waits for its connection it usually is; so what counts is {@code isReady()}. That is asked
 * for after each {@code onReady} and once after the message, so the change is not missed. After {@code
 * halfClose} it says false for ever: so the stream is closed only then, with an empty frame behind the
 * message, and still in front of what begins when the caller hears of it.
 */
public final class GrpcCall extends ClientCall.Listener<byte[]> {
  private final GrpcClient client;
  private final ExportRequest request;
  private final ExportEnd end;
  private volatile ClientCall<ExportRequest, byte[]> started;
  private volatile boolean handedOver;
  private volatile boolean hasTrailers;
  private final AtomicBoolean complete = new AtomicBoolean();
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
      started = call;
      // One message is expected. Asking for two lets gRPC see one too many, and the end after one.
      call.request(2);
      call.sendMessage(request);
      handedOver = true;
      completeIfWritten(call);
    } catch (RuntimeException | Error e) {
      // Such as no direct memory left. gRPC may or may not have told the listener already.
      end(Status.UNAVAILABLE.withDescription("the call cannot be made").withCause(e), null);
      cancel();
    }
  }

  /** Ends the call early; does nothing before {@link #start} has returned or after the end. */
  void cancel() {
    ClientCall<ExportRequest, byte[]> call = started;
    if (call != null) {
      call.cancel("the client is closed", null);
    }
  }

  @Override
  public void onReady() {
    if (handedOver) {
      completeIfWritten(started);
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

  private void completeIfWritten(ClientCall<ExportRequest, byte[]> call) {
    if (call.isReady() && complete.compareAndSet(false, true)) {
      call.halfClose();
      end.written();
    }
  }

  private void end(Status status, Metadata trailers) {
    // Made before it is claimed: between that and the report nothing may fail.
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
        channel.suspect();
      }
    } finally {
      end.report(outcome, status.getCode().name(), response == null ? 0 : response.length);
    }
  }

  /** Tells a status that the backend has sent from one that grpc-java has made up. */
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
