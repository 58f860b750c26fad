package cloud.gardener.logging.sink;

import cloud.gardener.logging.export.http.OtlpJson;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * {@link OtlpSink} as a process, for end-to-end tests and benchmarks.
 *
 * <pre>
 *   OtlpSinkMain [--host ADDRESS] [--port N] [--ids] [--out FILE] [--tls FOLDER]
 *     --host ADDRESS  of this machine; left out: 127.0.0.1
 *     --port N    0 or left out: a free port
 *     --ids       look for seq=&lt;n&gt; in each body (n from 0 up)
 *     --out FILE  at the end, write what was accepted there: OTLP JSON, a line per record
 *     --tls FOLDER  serve with tls.crt and tls.key, and want a certificate of ca.crt from clients
 *
 *   stdout, first line:  listening ADDRESS:PORT
 *   stdin, one command a line, answered with one line each:
 *     count              records N requests M bytes B
 *     http               listening PORT: from now on also takes protobuf over HTTP there
 *     ids [FIRST LAST]   distinct N lost N doubled N out-of-order N without N
 *                        lost: of FIRST to LAST, or of the smallest to the largest seen
 *     client             client NAME: the subject of the certificate that the last request came with
 *     mode accept | refuse | hang | reset | slow MILLIS | exhausted [MILLIS] | partial REJECTED |
 *          status CODE | random FRACTION [SEED] | doubt | limit BYTES | poison SEQ
 *                        ok. doubt: accepts, and answers UNAVAILABLE all the same.
 *                        limit: refuses larger requests for their size.
 *                        poison: INVALID_ARGUMENT to each request that holds seq=SEQ.
 *                        Any mode also accepts what hangs.
 *     quit
 *   At quit, at the end of stdin, or at SIGTERM: the line of count, and that of ids with --ids.
 *   A wrong command line ends with status 2, a wrong command is answered with "error: ...".
 * </pre>
 */
public final class OtlpSinkMain {
  private final OtlpSink sink;
  private final Path outFile;
  private final PrintStream out;
  private boolean finished;

  private OtlpSinkMain(OtlpSink sink, Path outFile, PrintStream out) {
    this.sink = sink;
    this.outFile = outFile;
    this.out = out;
  }

  /** See the class. */
  public static void main(String[] args) throws IOException {
    OtlpSink.Options options = OtlpSink.Options.defaults();
    Path outFile = null;
    try {
      for (int i = 0; i < args.length; i++) {
        switch (args[i]) {
          case "--host" -> options = options.onHost(args[++i]);
          case "--port" -> options = options.onPort(Integer.parseInt(args[++i]));
          case "--ids" -> options = options.counting();
          case "--out" -> {
            outFile = Path.of(args[++i]);
            options = options.capturing();
          }
          case "--tls" -> options = options.over(tls(Path.of(args[++i])));
          default -> throw new IllegalArgumentException("unknown option " + args[i]);
        }
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      System.err.println("usage: OtlpSinkMain [--host ADDRESS] [--port N] [--ids] [--out FILE] [--tls FOLDER]: "
              + e.getMessage());
      System.exit(2);
    }
    run(options, outFile);
  }

  private static SslContext tls(Path folder) throws IOException {
    return GrpcSslContexts.forServer(
            folder.resolve("tls.crt").toFile(), folder.resolve("tls.key").toFile())
        .trustManager(folder.resolve("ca.crt").toFile())
        .clientAuth(ClientAuth.REQUIRE)
        .build();
  }

  private static void run(OtlpSink.Options options, Path outFile) throws IOException {
    OtlpSinkMain main = new OtlpSinkMain(new OtlpSink(options), outFile, System.out);
    Runtime.getRuntime().addShutdownHook(new Thread(main::finish));
    main.answer("listening " + main.sink.address());
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      if (line.strip().equals("quit")) {
        break;
      }
      main.answer(main.obey(line.strip().split("\\s+")));
    }
    main.finish();
  }

  private String obey(String[] words) {
    try {
      return switch (words[0]) {
        case "count" -> sink.totals().toString();
        case "http" -> "listening " + sink.serveHttp();
        case "ids" -> ids(words);
        case "client" -> "client " + sink.lastClient();
        case "mode" -> {
          sink.behave(behaviour(words));
          sink.releaseHanging();
          yield "ok";
        }
        default -> "error: unknown command " + words[0];
      };
    } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return "error: " + e.getMessage();
    }
  }

  private String ids(String[] words) {
    if (sink.tally() == null) {
      return "error: started without --ids";
    }
    SeqTally.Summary summary =
        words.length == 1
            ? sink.tally().summary()
            : sink.tally().summary(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
    return summary.toString();
  }

  private static SinkBehaviour behaviour(String[] words) {
    return switch (words[1]) {
      case "accept" -> SinkBehaviour.accept();
      case "refuse" -> SinkBehaviour.fail(Status.UNAVAILABLE.withDescription("refused"));
      case "hang" -> SinkBehaviour.always(new SinkReply.Hang());
      case "reset" -> SinkBehaviour.always(new SinkReply.Reset());
      case "slow" -> SinkBehaviour.always(new SinkReply.Slow(millis(words[2])));
      case "exhausted" ->
          words.length == 2
              ? SinkBehaviour.always(
                  new SinkReply.Fail(
                      Status.RESOURCE_EXHAUSTED.withDescription("quota"), new Metadata()))
              : SinkBehaviour.exhausted(millis(words[2]));
      case "partial" ->
          SinkBehaviour.always(new SinkReply.Partial(Long.parseLong(words[2]), "rejected"));
      case "status" ->
          SinkBehaviour.fail(
              Status.Code.valueOf(words[2]).toStatus().withDescription("refused"));
      case "poison" -> SinkBehaviour.always(new SinkReply.Poison("seq=" + words[2] + " "));
      case "random" ->
          SinkBehaviour.random(
              Double.parseDouble(words[2]), words.length == 3 ? 1 : Long.parseLong(words[3]));
      case "limit" ->
          SinkBehaviour.always(new SinkReply.Limit(Integer.parseInt(words[2])));
      case "doubt" ->
          SinkBehaviour.always(
              new SinkReply.AcceptSilently(Status.UNAVAILABLE.withDescription("in doubt")));
      default -> throw new IllegalArgumentException("unknown mode " + words[1]);
    };
  }

  private static Duration millis(String word) {
    return Duration.ofMillis(Long.parseLong(word));
  }

  /** Once: at the end of the commands, or at a signal. */
  private synchronized void finish() {
    if (finished) {
      return;
    }
    finished = true;
    sink.close();
    answer(sink.totals().toString());
    if (sink.tally() != null) {
      answer(sink.tally().summary().toString());
    }
    if (outFile != null) {
      writeCaptured();
    }
  }

  private void writeCaptured() {
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(outFile))) {
      for (ExportLogsServiceRequest request : sink.captured()) {
        OtlpJson.writeLines(request, file);
      }
    } catch (IOException e) {
      answer("error: " + outFile + ": " + e.getMessage());
    }
  }

  private synchronized void answer(String line) {
    out.println(line);
    out.flush();
  }
}
