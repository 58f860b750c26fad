package cloud.gardener.logging.export.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.Compression;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.clients.ExportClients;
import cloud.gardener.logging.export.clients.Exports;
import cloud.gardener.logging.sink.SinkBehaviour;
import cloud.gardener.logging.sink.SinkReply;
import io.grpc.Metadata;
import io.grpc.Status;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What arrives at the backend, and how its yes is understood. */
class GrpcExportTest extends GrpcTest {

  @ParameterizedTest
  @EnumSource(Compression.class)
  void shouldDeliverTheRequestUnchanged(Compression compression) throws Exception {
    ExportClient client =
        client(Exports.config(true, compression, Exports.LONG, Map.of()));
    ExportRequest request = Exports.request(1000);
    assertEquals(ExportResult.Accepted.ALL, Exports.export(client, request));
    assertEquals(List.of(parsed(request)), sink.captured());
    String encoding =
        sink.lastHeaders().get(Metadata.Key.of("grpc-encoding", Metadata.ASCII_STRING_MARSHALLER));
    if (compression == Compression.NONE) {
      assertNull(encoding);
    } else {
      assertEquals(compression.name().toLowerCase(), encoding);
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void shouldJoinHeapAndDirectPartsInOrder(Compression compression) throws Exception {
    byte[] bytes = new byte[3 + Exports.largeRequest(100_000).bytes()];
    Exports.largeRequest(100_000).parts().get(0).get(bytes, 3, bytes.length - 3);
    ByteBuffer whole = ByteBuffer.wrap(bytes, 3, bytes.length - 3);
    ByteBuffer heap = whole.duplicate().limit(10);
    ByteBuffer direct = ByteBuffer.allocateDirect(50_000);
    direct.put(whole.duplicate().position(10).limit(50_010)).flip();
    ByteBuffer readOnly = whole.duplicate().position(50_010).asReadOnlyBuffer();
    ExportRequest request = new ExportRequest(List.of(heap, direct, readOnly), 1, bytes.length - 3);
    ExportClient client = client(Exports.config(true, compression, Exports.LONG, Map.of()));
    assertEquals(ExportResult.Accepted.ALL, Exports.export(client, request));
    assertEquals(ExportResult.Accepted.ALL, Exports.export(client, request));
    ExportLogsServiceRequest expected = parsed(Exports.largeRequest(100_000));
    assertEquals(List.of(expected, expected), sink.captured());
    assertEquals(3, heap.position());
    assertEquals(0, direct.position());
  }

  @Test
  void shouldSendTheHeadersWithEachRequest() throws Exception {
    ExportClient client =
        client(
            Exports.config(
                true,
                Compression.NONE,
                Exports.LONG,
                Map.of("Authorization", "Bearer abc", "X-Scope-OrgID", "garden")));
    for (int i = 0; i < 2; i++) {
      Exports.export(client, Exports.request(1));
      assertEquals("Bearer abc", header("authorization"));
      assertEquals("garden", header("x-scope-orgid"));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "3, 3", "10, 10", "99, 10", "-4, 0"})
  void shouldReportHowManyWereRejected(long reported, long expected) throws Exception {
    sink.behave(SinkBehaviour.always(new SinkReply.Partial(reported, "too old")));
    assertEquals(
        new ExportResult.Accepted(expected, "too old"),
        Exports.export(client(Exports.plaintext()), Exports.request(10)));
  }

  @Test
  void shouldNotifyTheListenerOfEachCallsEnd() throws Exception {
    record End(String server, String status, long requestBytes, long responseBytes) {}
    ConcurrentLinkedQueue<End> ends = new ConcurrentLinkedQueue<>();
    ExportListener listener =
        (server, method, status, nanos, sent, received) -> ends.add(new End(server + " " + method, status, sent, received));
    ExportRequest request = Exports.request(5);
    try (ExportClients own =
        Exports.clients(listener, Duration.ofMinutes(1))) {
      ExportClient client =
          own.create(
              TargetType.OTLP_GRPC, Exports.plaintext(), Exports.NO_TLS_KEYS, Address.of(sink.address()));
      sink.behave(SinkBehaviour.always(new SinkReply.Partial(1, "abc")));
      Exports.export(client, request);
      sink.behave(SinkBehaviour.fail(Status.INTERNAL));
      Exports.export(client, request);
    }
    String called = sink.address() + " opentelemetry.proto.collector.logs.v1.LogsService/Export";
    assertEquals(
        List.of(
            new End(called, "OK", request.bytes(), 9),
            new End(called, "INTERNAL", request.bytes(), 0)),
        List.copyOf(ends));
  }

  private String header(String name) {
    return sink.lastHeaders().get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
  }

  private static ExportLogsServiceRequest parsed(ExportRequest request) throws Exception {
    return ExportLogsServiceRequest.parseFrom(request.parts().get(0).duplicate());
  }
}
