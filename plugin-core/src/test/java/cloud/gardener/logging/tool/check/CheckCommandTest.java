package cloud.gardener.logging.tool.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckCommandTest {
  private static final String OUTPUT =
      "[OUTPUT]\n  Name gardener\n  Match *\n  Retry_Limit no_limits\n  SeedType otlp_grpc\n"
          + "  Endpoint localhost:4317\n  Insecure true\n";
  private static final String TAG =
      "kubernetes.var.log.containers.pod-1_ns_app-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.log";

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void chooseFile() {
    file = folder.resolve("fluent-bit.conf");
  }

  /** Checks the text; returns the lines, in which the file's path is left out. */
  private List<String> check(int code, String text, String... options) throws IOException {
    Files.writeString(file, text);
    return run(code, Stream.concat(Stream.of(options), Stream.of(file.toString())).toArray(String[]::new));
  }

  private List<String> run(int code, String... arguments) {
    StringWriter out = new StringWriter();
    int exit =
        new CommandLine(new CheckCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out))
            .execute(arguments);
    assertEquals(code, exit, out.toString());
    return out.toString().replace(folder + "/", "").lines().toList();
  }

  private static void contains(String expected, List<String> lines) {
    assertTrue(lines.contains(expected), () -> "no line <" + expected + "> in\n" + String.join("\n", lines));
  }

  @Test
  void shouldPrintWhatIsInForce() throws IOException {
    List<String> lines = check(0, OUTPUT);
    assertEquals("fluent-bit.conf:1: output gardener", lines.get(0));
    assertTrue(lines.get(1).startsWith("  dque: in force: SeedType=otlp_grpc, "), lines.get(1));
    assertTrue(lines.get(1).contains("seed otlp_grpc localhost:4317"), lines.get(1));
    assertEquals("1 output checked: 0 errors, 0 warnings", lines.get(2));
  }

  @Test
  void shouldSuggestTheNameOfAMisspeltKey() throws IOException {
    List<String> lines = check(1, OUTPUT + "  Endpont x\n  dqueue_dir /d\n  RetryLimit 1\n  Something else\n");
    String what = ": no key of this plugin or of Fluent Bit, so it has no effect";
    contains("  error: fluent-bit.conf:8: Endpont" + what + "; did you mean Endpoint?", lines);
    contains("  error: fluent-bit.conf:9: dqueue_dir" + what + "; did you mean DQueDir?", lines);
    contains("  error: fluent-bit.conf:10: RetryLimit" + what + "; did you mean Retry_Limit?", lines);
    contains("  error: fluent-bit.conf:11: Something" + what, lines);
  }

  @Test
  void shouldRefuseWhatTheStartRefuses() throws IOException {
    String wrong = check(1, OUTPUT + "  Timeout soon\n").get(1);
    assertTrue(wrong.startsWith("  error: fluent-bit.conf:8: Timeout: \"soon\" cannot be used"), wrong);
    String refused = check(1, OUTPUT.replace("Insecure true", "TLSCAFile /nothing/ca.pem")).get(1);
    assertTrue(refused.startsWith("  error: fluent-bit.conf:1: TLSCAFile"), refused);
    check(0, OUTPUT.replace("Insecure true", "TLSCAFile /nothing/ca.pem"), "--no-files");
  }

  @Test
  void shouldReportEachWrongValueAtItsLine() throws IOException {
    List<String> lines =
        check(
            1,
            OUTPUT.replace("localhost:4317", "https://localhost:4317")
                + "  Timeout soon\n  dque_max_bytes 1T\n  TLSKeyFile k.pem\n  RetryMaxInterval 1s\n");
    assertEquals(
        List.of(
            "fluent-bit.conf:1: output gardener",
            "  error: fluent-bit.conf:8: Timeout: \"soon\" cannot be used; accepted is a duration above 0 such as"
                + " 500ms, 30s or 1m30s",
            "  error: fluent-bit.conf:9: dque_max_bytes: \"1T\" cannot be used; accepted is a size above 0 such as 512M,"
                + " 1G or a number of bytes",
            "  error: fluent-bit.conf:6: Endpoint: \"https://localhost:4317\" asks for TLS and Insecure true for"
                + " plaintext; accepted is one of them",
            "  error: fluent-bit.conf:10: TLSKeyFile is set and TLSCertFile is not; accepted are both or none",
            "  error: fluent-bit.conf:11: RetryMaxInterval: 1.0s is below RetryInitialInterval (5.0s); accepted is 5.0s"
                + " or more",
            "1 output checked: 5 errors, 0 warnings"),
        lines);
  }

  @Test
  void shouldNeverShowASecret() throws IOException {
    List<String> lines = check(1, OUTPUT + "  Headers {\"Authorization\": \"s3cret\"}\n  Header Authorization s3cret\n  Tiemout 1\n");
    assertFalse(String.join("\n", lines).contains("s3cret"), lines.toString());
  }

  @Test
  void shouldSayWhereRecordsAreLost() throws IOException {
    List<String> lines = check(1, "[OUTPUT]\n  Name gardener\n");
    contains(
        "  error: fluent-bit.conf:1: neither Match nor Match_Regex is set: Fluent Bit sends nothing to this output",
        lines);
    contains(
        "  error: fluent-bit.conf:1: dque: SeedType is not set: every record of this output is dropped; set SeedType"
            + " to otlp_grpc or otlp_http",
        lines);
    String advice = "; set Retry_Limit no_limits, so that no chunk is lost while a queue is full";
    contains(
        "  warning: fluent-bit.conf:1: Retry_Limit is not set: Fluent Bit drops a chunk after one retry" + advice,
        lines);
    contains(
        "  warning: fluent-bit.conf:4: Retry_Limit 10: then Fluent Bit drops the chunk" + advice,
        check(0, OUTPUT.replace("no_limits", "10")));
    check(1, OUTPUT.replace("no_limits", "10"), "--strict");
    check(0, OUTPUT.replace("no_limits", "OFF"), "--strict");
  }

  @Test
  void shouldWarnOfKeysThatAreSetTwiceAndOfWorkers() throws IOException {
    List<String> lines = check(0, OUTPUT + "  seed_type otlp_grpc\n  SeedType stdout\n  Workers 2\n");
    contains("  warning: fluent-bit.conf:9: SeedType: set more than once, the first value counts", lines);
    contains("  warning: fluent-bit.conf:10: Workers: with it, a hot reload crashes Fluent Bit; leave it out", lines);
  }

  @Test
  void shouldFindQueueFoldersThatTwoOutputsShare() throws IOException {
    String message =
        "  error: fluent-bit.conf:8: the queue folder /tmp/flb-storage/dque is that of the output at"
            + " fluent-bit.conf:1: give each output its own DQueName";
    contains(message, check(1, OUTPUT + OUTPUT));
    check(0, OUTPUT + OUTPUT + "  DQueName other\n");
    check(0, OUTPUT + OUTPUT + "  UseSDKBatchProcessor true\n");
    contains(message, check(1, OUTPUT + OUTPUT + "  DQueDir /tmp/../tmp/flb-storage/\n"));
  }

  @Test
  void shouldReplaceVariables() throws IOException {
    String text = OUTPUT.replace("localhost:4317", "${BACKEND_HOST}:4317");
    assertTrue(check(0, text, "--env", "BACKEND_HOST=example.com").get(1).contains("example.com:4317"));
    contains(
        "  warning: fluent-bit.conf:6: Endpoint: not set here: ${BACKEND_HOST}; --env NAME=VALUE gives a value",
        check(1, text));
  }

  @Test
  void shouldSayWhatATagHolds() throws IOException {
    contains("  the tag names pod pod-1, namespace ns, container app, container id "
        + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", check(0, OUTPUT, "--tag", TAG));
    contains(
        "  Match other.* does not match the tag: Fluent Bit sends its records elsewhere",
        check(0, OUTPUT.replace("Match *", "Match other.*"), "--tag", TAG));
    String fallback = OUTPUT + "  FallbackToTagWhenMetadataIsMissing true\n";
    check(0, fallback, "--tag", TAG);
    assertTrue(
        check(1, fallback, "--tag", "journal.kubelet").get(2).startsWith(
            "  error: fluent-bit.conf:1: TagPrefix and TagExpression do not match the tag: "));
  }

  @Test
  void shouldLookForTheFilesOfTheConfiguration() throws IOException {
    Files.writeString(folder.resolve("plugins.conf"), "[PLUGINS]\n  Path /nothing/output_plugin.so\n");
    String text = "[SERVICE]\n  Plugins_File plugins.conf\n  Parsers_File parsers.conf\n" + OUTPUT;
    List<String> lines = check(1, text);
    contains("error: plugins.conf:2: there is no plugin /nothing/output_plugin.so", lines);
    contains("error: fluent-bit.conf:3: Parsers_File: there is no file parsers.conf", lines);
    check(0, text, "--no-files");
  }

  @Test
  void shouldCheckSeveralManifestsAsOneConfiguration() throws IOException {
    String manifest =
        "apiVersion: fluentbit.fluent.io/v1alpha2\nkind: ClusterOutput\nspec:\n  match: '*'\n  retry_limit: no_limits\n"
            + "  customPlugin:\n    config: |\n      Name gardener\n      SeedType stdout\n";
    Path one = Files.writeString(folder.resolve("one.yaml"), manifest);
    Path two = Files.writeString(folder.resolve("two.yml"), manifest);
    contains(
        "  error: two.yml:4: the queue folder /tmp/flb-storage/dque is that of the output at one.yaml:4: give each"
            + " output its own DQueName",
        run(1, one.toString(), two.toString()));
  }

  @Test
  void shouldFailWithoutAnOutputOfThePlugin() throws IOException {
    contains("error: fluent-bit.conf: no output with Name gardener", check(1, "[OUTPUT]\n  Name stdout\n"));
    contains("error: nothing.conf: there is no such file, or it cannot be read", run(1, folder.resolve("nothing.conf").toString()));
    Path manifest = Files.writeString(folder.resolve("input.yaml"), "apiVersion: v1\nkind: ClusterInput\nspec: {}\n");
    contains("error: these manifests: no output with Name gardener", run(1, manifest.toString()));
    run(2);
  }

  @Test
  void shouldAcceptTheExamplesOfTheDocumentation() {
    String demo = "../docs/examples/demo.conf";
    run(0, "--env=DEMO_TYPE=stdout", "--env=DEMO_ENDPOINT=a:1", "--env=DEMO_QUEUES=/q", demo);
    run(0, "--env=NODE_NAME=n", "--no-files", "../docs/examples/gardener-seed.conf");
  }
}
