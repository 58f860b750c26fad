package cloud.gardener.logging.export.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.http.OtlpJsonReader;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StdoutClientTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ExportClient client = new StdoutClient(out);

  @Test
  void shouldWriteALinePerRecord() throws Exception {
    assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(3)));
    List<String> lines = lines();
    assertEquals(3, lines.size());
    for (int i = 0; i < 3; i++) {
      ExportLogsServiceRequest line = OtlpJsonReader.read(lines.get(i));
      assertEquals(
          "record " + i,
          line.getResourceLogs(0)
              .getScopeLogs(0)
              .getLogRecords(0)
              .getBody()
              .getStringValue());
    }
  }

  @Test
  void shouldWriteEveryPartOfARequest() throws Exception {
    byte[] one = bytes(Exports.request(1));
    ExportRequest twice =
        new ExportRequest(List.of(ByteBuffer.wrap(one), ByteBuffer.wrap(one)), 2, 2 * one.length);
    assertEquals(ExportResult.Accepted.ALL, Exports.export(client, twice));
    assertEquals(2, lines().size());
  }

  @Test
  void shouldWriteValuesThatNestAsDeepAsProtobufAllows() throws Exception {
    AnyValue value = AnyValue.newBuilder().setIntValue(1).build();
    for (int depth = 0; depth < 48; depth++) {
      value =
          AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
    }
    ExportRequest request = withBody(value);
    assertEquals(ExportResult.Accepted.ALL, Exports.export(client, request));
    assertEquals(1, lines().size());
  }

  @Test
  void shouldKeepLinesWholeWhenClientsShareTheStream() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ExportClient own = new StdoutClient(out);
      threads.add(new Thread(() -> own.export(Exports.request(200), result -> {})));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    List<String> lines = lines();
    assertEquals(800, lines.size());
    for (String line : lines) {
      OtlpJsonReader.read(line);
    }
  }

  @Test
  void shouldRetryWhenTheStreamIsBroken() throws Exception {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    ExportResult result = Exports.export(new StdoutClient(broken), Exports.request(1));
    assertEquals(ExportResult.Retry.withBackoff("standard output: No space left on device"), result);
  }

  @Test
  void shouldRefuseAnInvalidRequest() throws Exception {
    ExportRequest garbage = new ExportRequest(List.of(ByteBuffer.wrap(new byte[] {10, 99})), 1, 2);
    assertInstanceOf(ExportResult.PayloadRefused.class, Exports.export(client, garbage));
    assertEquals(0, out.size());
  }

  @Test
  void shouldAcceptAndDiscardWithNoop() throws Exception {
    assertEquals(ExportResult.Accepted.ALL, Exports.export(new NoopClient(), Exports.request(9)));
  }

  private static ExportRequest withBody(AnyValue body) {
    LogRecord record = LogRecord.newBuilder().setBody(body).build();
    return Exports.newRequest(
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(
                ResourceLogs.newBuilder()
                    .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(record)))
            .build(),
        1);
  }

  private static byte[] bytes(ExportRequest request) {
    byte[] bytes = new byte[request.bytes()];
    request.parts().get(0).duplicate().get(bytes);
    return bytes;
  }

  private List<String> lines() {
    String text = out.toString(StandardCharsets.UTF_8);
    assertTrue(text.endsWith("\n"), "the last line is not ended");
    return text.lines().toList();
  }
}
