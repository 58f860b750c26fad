package cloud.gardener.logging.tool.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ExplainCommandTest {
  private static final String TAG =
      "kubernetes.var.log.containers.pod-1_shoot--a--b_app-"
          + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.log";
  private static final String OUTPUT =
      "[OUTPUT]\n  Name gardener\n  Match kubernetes.*\n  SeedType otlp_grpc\n  Endpoint seed:4317\n"
          + "  ShootType otlp_http\n  DQueDir /d\n  DynamicHostPath {\"kubernetes\": {\"namespace_name\": \"namespace\"}}\n"
          + "  DynamicHostPrefix http://collector.\n  DynamicHostSuffix .svc:4318/v1/logs\n  DynamicHostRegex ^shoot-\n";

  @TempDir Path folder;

  private List<String> explain(int code, String text, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("fluent-bit.conf"), text);
    StringWriter out = new StringWriter();
    int exit =
        new CommandLine(new ExplainCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out))
            .execute(Stream.concat(Stream.of(options), Stream.of(file.toString())).toArray(String[]::new));
    assertEquals(code, exit, out.toString());
    return out.toString().replace(folder + "/", "").lines().toList();
  }

  @Test
  void shouldSayWhereARecordOfAShootGoes() throws IOException {
    assertEquals(
        List.of(
            "fluent-bit.conf:1: output gardener, Match kubernetes.*",
            "  namespace shoot--a--b, goes to the shoot: its shoot's state is ready",
            "  the seed: otlp_grpc seed:4317, queue /d/dque/seed",
            "  the shoot: otlp_http http://collector.shoot--a--b.svc:4318/v1/logs, queue /d/dque/shoot.shoot--a--b"),
        explain(0, OUTPUT, "--tag", TAG, "--namespace", "shoot--a--b", "--state", "ready"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          deletion    | goes to the shoot and the seed: its shoot's state is deletion
          Hibernated  | goes nowhere (muted): its shoot's state is hibernated
          testing     | goes nowhere (testing): its shoot's purpose is testing
          none        | goes nowhere (no_client): it has no known shoot
          unknown     | goes to the seed: it has no known shoot, and the API server has not confirmed that
          """)
  void shouldFollowTheState(String state, String expected) throws IOException {
    assertEquals(
        "  namespace shoot--a--b, " + expected,
        explain(0, OUTPUT, "--tag", TAG, "--namespace", "shoot--a--b", "--state", state).get(1));
  }

  @Test
  void shouldListEachStateWhereItMatters() throws IOException {
    List<String> lines = explain(0, OUTPUT, "--tag", TAG, "--namespace", "shoot--a--b");
    assertEquals(15, lines.size());
    assertTrue(lines.contains("  namespace shoot--a--b, waking: goes to the shoot: its shoot's state is waking"));
    assertEquals(
        "  namespace garden, goes to the seed: DynamicHostRegex does not match it",
        explain(0, OUTPUT, "--tag", TAG, "--namespace", "garden").get(1));
  }

  @Test
  void shouldReadTheTagOfARecordWithoutMetadata() throws IOException {
    assertEquals(
        "  goes to the seed: the record has no namespace at DynamicHostPath",
        explain(0, OUTPUT, "--tag", TAG).get(1));
    String fallback = OUTPUT + "  FallbackToTagWhenMetadataIsMissing true\n";
    assertEquals(
        "  namespace shoot--a--b, goes to the shoot: its shoot's state is ready",
        explain(0, fallback, "--tag", TAG, "--state", "ready").get(1));
    assertEquals(
        "  goes nowhere (no_metadata): neither the record nor its tag has Kubernetes metadata",
        explain(0, fallback + "  DropLogEntryWithoutK8sMetadata true\n", "--tag", "kubernetes.x").get(1));
  }

  @Test
  void shouldShowNoSecretOfAnEndpoint() throws IOException {
    String output = OUTPUT.replace("http://collector.", "http://user:s3cret@collector.").replace("/v1/logs", "/v1/logs?s3cret");
    assertEquals(
        "  the shoot: otlp_http http://***@collector.shoot--a--b.svc:4318/v1/logs?***, queue /d/dque/shoot.shoot--a--b",
        explain(0, output, "--tag", TAG, "--namespace", "shoot--a--b", "--state", "ready").get(3));
  }

  @Test
  void shouldSayWhichOutputsDoNotGetIt() throws IOException {
    assertEquals(
        "  does not get the record: the tag does not match", explain(0, OUTPUT, "--tag", "journal.x").get(1));
    assertEquals(
        "  cannot start: see flb-gardener check", explain(1, OUTPUT + "  Timeout x\n", "--tag", TAG).get(1));
    assertTrue(explain(2, OUTPUT, "--tag", TAG, "--state", "x").get(0).startsWith("--state x: accepted is one of creation, ready, "));
    assertTrue(explain(2, "[OUTPUT]\n  Name x\n", "--tag", TAG).get(0).endsWith(": no output with Name gardener"));
  }
}
