package cloud.gardener.logging.sink;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** The sink's one method, its faults and its counters. Thread-safe. */
final class SinkService {
  private static final String SERVICE = "opentelemetry.proto.collector.logs.v1.LogsService";
  private static final byte[] OK = {};

  private final boolean capture;
  private final SeqTally tally;
  private final ScheduledExecutorService timer;
  private final Runnable reset;
  private final OtlpWalk walk = new OtlpWalk();
  private final List<ExportLogsServiceRequest> captured = new ArrayList<>();
  private final List<Runnable> hanging = new ArrayList<>();
  private SinkBehaviour behaviour = SinkBehaviour.accept();
  // A backend that is slow no longer must not count what comes now before what waits, or is due but has not run yet on a
  // busy machine. Used by the event loop alone.
  private long slowUntilNs = System.nanoTime();
  private int waiting;
  private Metadata lastHeaders;
  private String lastClient = "";
  private long records;
  private long requests;
  private long bytes;

  SinkService(OtlpSink.Options options, ScheduledExecutorService timer, Runnable reset) {
    this.capture = options.capture();
    this.tally = options.count() ? new SeqTally() : null;
    this.timer = timer;
    this.reset = reset;
  }

  ServerServiceDefinition definition() {
    MethodDescriptor<byte[], byte[]> export =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "Export"))
            .setRequestMarshaller(new RawBytes())
            .setResponseMarshaller(new RawBytes())
            .build();
    return ServerServiceDefinition.builder(SERVICE).addMethod(export, this::startCall).build();
  }

  synchronized void behave(SinkBehaviour other) {
    behaviour = other;
  }

  void releaseHanging() {
    List<Runnable> released;
    synchronized (this) {
      released = List.copyOf(hanging);
      hanging.clear();
    }
    released.forEach(Runnable::run);
  }

  synchronized int hanging() {
    return hanging.size();
  }

  synchronized OtlpSink.Totals totals() {
    return new OtlpSink.Totals(records, requests, bytes);
  }

  SeqTally tally() {
    return tally;
  }

  synchronized List<ExportLogsServiceRequest> captured() {
    return List.copyOf(captured);
  }

  synchronized Metadata lastHeaders() {
    return lastHeaders;
  }

  synchronized String lastClient() {
    return lastClient;
  }

  synchronized boolean await(BooleanSupplier condition, Duration atMost)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      long leftNanos = deadlineNanos - System.nanoTime();
      if (leftNanos <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
    }
    return true;
  }

  private ServerCall.Listener<byte[]> startCall(
      ServerCall<byte[], byte[]> call, Metadata headers) {
    synchronized (this) {
      lastHeaders = headers;
      lastClient = client(call);
    }
    call.request(2);
    return new ServerCall.Listener<>() {
      private byte[] request;

      @Override
      public void onMessage(byte[] message) {
        request = message;
      }

      @Override
      public void onHalfClose() {
        reply(call, request);
      }
    };
  }

  private static String client(ServerCall<byte[], byte[]> call) {
    SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    try {
      return session == null ? "" : session.getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException e) {
      return "";
    }
  }

  private void reply(ServerCall<byte[], byte[]> call, byte[] request) {
    SinkReply reply;
    synchronized (this) {
      reply = behaviour.next();
    }
    try {
      reply(call, request, reply);
    } catch (IllegalArgumentException e) {
      call.close(Status.INVALID_ARGUMENT.withDescription(e.getMessage()), new Metadata());
    }
  }

  private void reply(ServerCall<byte[], byte[]> call, byte[] request, SinkReply reply) {
    if (reply instanceof SinkReply.Accept) {
      acceptAfter(slowUntilNs - System.nanoTime(), call, request);
    } else if (reply instanceof SinkReply.Partial partial) {
      count(request, partial.rejected());
      ok(call, partialSuccess(partial));
    } else if (reply instanceof SinkReply.AcceptSilently silently) {
      count(request, 0);
      call.close(silently.status(), new Metadata());
    } else if (reply instanceof SinkReply.Fail fail) {
      Metadata trailers = new Metadata();
      trailers.merge(fail.trailers());
      call.close(fail.status(), trailers);
    } else if (reply instanceof SinkReply.Limit limit) {
      acceptUpTo(limit.bytes(), call, request);
    } else if (reply instanceof SinkReply.Poison poison) {
      if (new String(request, StandardCharsets.ISO_8859_1).contains(poison.text())) {
        call.close(Status.INVALID_ARGUMENT.withDescription("poison"), new Metadata());
      } else {
        accept(call, request);
      }
    } else if (reply instanceof SinkReply.Slow slow) {
      acceptAfter(slow.delay().toNanos(), call, request);
    } else if (reply instanceof SinkReply.Hang) {
      hang(() -> accept(call, request));
    } else {
      reset.run();
    }
  }

  private void acceptAfter(long delayNs, ServerCall<byte[], byte[]> call, byte[] request) {
    if (delayNs > 0 || waiting > 0) {
      waiting++;
      timer.schedule(() -> acceptWaiting(call, request), Math.max(delayNs, 0), TimeUnit.NANOSECONDS);
      slowUntilNs = System.nanoTime() + delayNs; // Not before the time that the timer has computed.
    } else {
      accept(call, request);
    }
  }

  private void acceptWaiting(ServerCall<byte[], byte[]> call, byte[] request) {
    waiting--;
    accept(call, request);
  }

  private void acceptUpTo(int bytes, ServerCall<byte[], byte[]> call, byte[] request) {
    if (request.length <= bytes) {
      accept(call, request);
      return;
    }
    String message =
        "grpc: received message larger than max (" + request.length + " vs. " + bytes + ")";
    call.close(Status.RESOURCE_EXHAUSTED.withDescription(message), new Metadata());
  }

  private void accept(ServerCall<byte[], byte[]> call, byte[] request) {
    if (call.isCancelled()) {
      return;
    }
    count(request, 0);
    ok(call, OK);
  }

  private static void ok(ServerCall<byte[], byte[]> call, byte[] response) {
    call.sendHeaders(new Metadata());
    call.sendMessage(response);
    call.close(Status.OK, new Metadata());
  }

  private synchronized void hang(Runnable release) {
    hanging.add(release);
    notifyAll();
  }

  /** Counts a request that came another way than by gRPC. */
  void acceptRequest(byte[] request) {
    count(request, 0);
  }

  private synchronized void count(byte[] request, long rejected) {
    records += walk.count(request, request.length, tally) - rejected;
    requests++;
    bytes += request.length;
    if (capture) {
      captured.add(RawBytes.parsed(request));
    }
    notifyAll();
  }

  private static byte[] partialSuccess(SinkReply.Partial partial) {
    return ExportLogsServiceResponse.newBuilder()
        .setPartialSuccess(
            ExportLogsPartialSuccess.newBuilder()
                .setRejectedLogRecords(partial.rejected())
                .setErrorMessage(partial.message()))
        .build()
        .toByteArray();
  }
}
