package cloud.gardener.logging.seed;

import cloud.gardener.logging.e2e.Load;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Collector that wants to know who sends: what is sent with wrong credentials waits for the right ones. */
class CollectorAccessTest extends CollectorRuns {
  private static final int RECORDS_A_SECOND = 2_000;

  @BeforeAll
  static void needPrograms() throws Exception {
    assume(CollectorAccessTest.class, "otlp_http", "bearertokenauth");
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void shouldWaitForACertificateThatIsTaken(String type) throws Exception {
    Certificates certificates = new Certificates(folder);
    Path mounted = folder.resolve("mounted");
    Files.createSymbolicLink(mounted, certificates.stranger());
    CollectorSettings settings = forwarding().mutualTls(certificates.server());
    try (OtelCollector collector = OtelCollector.start(folder, settings);
        CountedRun run = run(type, collector.port(type))) {
      run.output("Insecure", "false")
          .output("TLSCertFile", mounted.resolve("tls.crt").toString())
          .output("TLSKeyFile", mounted.resolve("tls.key").toString())
          .output("TLSCAFile", mounted.resolve("ca.crt").toString())
          .start();
      waitAndBeTaken(
          run,
          line -> line.contains("accepts no records"),
          () -> replace(mounted, Files.createSymbolicLink(folder.resolve("new"), certificates.client())));
      run.assertNothingLost("mTLS, an unknown client's certificate first, " + type, 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void shouldWaitForATokenThatIsTaken(String type) throws Exception {
    Path headers = token("headers", "stale");
    CollectorSettings settings = forwarding().bearer("fresh");
    try (OtelCollector collector = OtelCollector.start(folder, settings);
        CountedRun run = run(type, collector.port(type))) {
      run.output("HeadersFile", headers.toString()).start();
      waitAndBeTaken(
          run,
          line -> line.contains("the credentials"),
          () -> replace(headers, token("new", "fresh")));
      run.assertNothingLost("bearer token, a stale one first, " + type, 0);
    }
  }

  /** What a test does between refusal and acceptance. */
  private interface Step {
    void run() throws Exception;
  }

  private static void waitAndBeTaken(CountedRun run, Predicate<String> refusal, Step correction)
      throws Exception {
    Load load = Load.start(run.logs(), RECORDS_A_SECOND);
    try {
      run.host().awaitLine(refusal);
      correction.run();
      run.host().await("records", () -> run.metric("exported_client_logs_total") > 0);
    } finally {
      load.stop();
    }
  }

  private Path token(String file, String token) throws Exception {
    return Files.writeString(folder.resolve(file), "Authorization: Bearer " + token + "\n");
  }

  /** In one step, as Kubernetes does it. */
  private static void replace(Path old, Path fresh) throws Exception {
    Files.move(fresh, old, StandardCopyOption.ATOMIC_MOVE);
  }
}
