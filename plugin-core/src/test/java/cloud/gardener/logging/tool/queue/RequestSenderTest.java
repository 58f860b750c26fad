package cloud.gardener.logging.tool.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Dead letters are sent again by who has mended what was wrong. */
class RequestSenderTest {
  private static final byte[] ACCEPTED = {};

  private record Answer(int status, byte[] body) {}

  @TempDir Path folder;

  private final List<String> received = new ArrayList<>();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/logs", this::handleRequest);
    server.start();
    QueuedRecords.appendDeadLetter(folder, "first", 3, "otlp", "too large");
    QueuedRecords.appendDeadLetter(folder, "chunk", 0, "msgpack", "a defect");
    QueuedRecords.appendDeadLetter(folder, "second", 1, "otlp", "refused");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void handleRequest(HttpExchange exchange) throws IOException {
    try (exchange) {
      received.add(
          exchange.getRequestMethod()
              + " "
              + exchange.getRequestHeaders().getFirst("Content-Type")
              + " "
              + exchange.getRequestHeaders().getFirst("X-Scope-OrgID")
              + " "
              + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      Answer answer = answers.poll();
      exchange.sendResponseHeaders(
          answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  private int send(String... options) {
    return sendTo(base() + "/v1/logs", options);
  }

  private String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private int sendTo(String url, String... options) {
    String[] words =
        Stream.of(Stream.of("send", "--to", url), Stream.of(options), Stream.of(folder.toString()))
            .flatMap(part -> part)
            .toArray(String[]::new);
    return new CommandLine(new QueueCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(words);
  }

  private List<String> ends() {
    return out.toString().lines().filter(line -> line.startsWith("  at ")).map(line -> line.replaceFirst(".*; ", "")).toList();
  }

  @Test
  void shouldSendEachRequestOnceAndSayWhatCannotBeSent() {
    answers.add(new Answer(200, ACCEPTED));
    answers.add(new Answer(200, ACCEPTED));

    assertEquals(1, send("--header", "X-Scope-OrgID: tenant"));

    assertEquals(
        List.of(
            "POST application/x-protobuf tenant first", "POST application/x-protobuf tenant second"),
        received);
    assertEquals(
        List.of(
            "sent now", "not sent: a chunk of Fluent Bit's, and no OTLP request", "sent now"),
        ends());
  }

  @Test
  void shouldNotTakeARefusalForSuccess() {
    answers.add(new Answer(413, "request\ntoo large".getBytes(UTF_8)));
    answers.add(
        new Answer(
            200,
            ExportLogsServiceResponse.newBuilder()
                .setPartialSuccess(
                    ExportLogsPartialSuccess.newBuilder()
                        .setRejectedLogRecords(1)
                        .setErrorMessage("too old"))
                .build()
                .toByteArray()));

    assertEquals(1, send());

    assertEquals("not sent: HTTP 413 request too large", ends().get(0));
    assertEquals("not sent: 1 records rejected: too old", ends().get(2));
  }

  /** The input opentelemetry of Fluent Bit answers with 201, or as it is configured. */
  @Test
  void shouldTakeEachCodeOfSuccess() {
    answers.add(new Answer(201, ACCEPTED));
    answers.add(new Answer(204, ACCEPTED));

    assertEquals(1, send());

    assertEquals("sent now", ends().get(0));
    assertEquals("sent now", ends().get(2));
  }

  @Test
  void shouldNotTakeAWebPageForSuccess() {
    answers.add(new Answer(200, "<html>".getBytes(UTF_8)));
    answers.add(new Answer(200, ACCEPTED));

    assertEquals(1, send());

    assertEquals("not sent: HTTP 200, but the answer is no OTLP: <html>", ends().get(0));
  }

  @Test
  void shouldSayThatNobodyListens() {
    server.stop(0);

    assertEquals(1, send());

    assertEquals(
        "not sent: cannot connect to 127.0.0.1:" + server.getAddress().getPort()
            + ": check the address, and whether the backend runs",
        ends().get(0));
  }

  /** As the plugin does with its Endpoint. A backend might answer 200 without a body for any other path. */
  @ParameterizedTest
  @ValueSource(strings = {"", "/", "?key=s3cr3t", "/v1/logs?key=s3cr3t"})
  void shouldSendToThePathOfLogsWhereTheUrlIsABase(String rest) {
    server.createContext(
        "/",
        exchange -> {
          received.add(exchange.getRequestURI().toString());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    answers.add(new Answer(200, ACCEPTED));
    answers.add(new Answer(200, ACCEPTED));

    assertEquals(1, sendTo(base() + rest));

    assertEquals(
        List.of("POST application/x-protobuf null first", "POST application/x-protobuf null second"), received);
  }

  @Test
  void shouldRefuseWhatItCannotUseWithoutTheSecretInIt() {
    assertEquals(2, send("--header", "Authorization: s3cr3t\nX"));
    assertEquals(2, send("--header", "s3cr3t"));
    assertEquals(2, sendTo("localhost:4318"));
    assertEquals(2, sendTo("/v1/logs"));
    assertEquals(2, sendTo("http:///v1/logs"));
    assertEquals(2, send("--unknown", "x"));

    assertFalse(err.toString().contains("s3cr3t"), err.toString());
    assertEquals(List.of(), received);
  }
}
