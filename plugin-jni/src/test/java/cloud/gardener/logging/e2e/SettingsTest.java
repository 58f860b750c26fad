package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the host's log says of settings that are taken. */
class SettingsTest {
  @TempDir Path folder;

  private Configuration configuration;

  @BeforeEach
  void writeInput() {
    LogFile logs = new LogFile(folder.resolve("pod.log"), 0);
    logs.write(1);
    configuration = new Configuration(logs.path(), folder.resolve("queue"));
  }

  /** Gardener's first output has LogLevel error; that must not hide the line. */
  @Test
  void shouldSayOnceAProcessWhatRuns() throws Exception {
    configuration
        .output("SeedType", "stdout")
        .output("DQueName", "one")
        .output("LogLevel", "error")
        .secondOutput("DQueName", "two", "LogLevel", "info");
    List<String> lines = start();

    String line = only(lines, ", heap of at most ");
    assertTrue(line.matches(".*\\[gardener] version \\S+, Java \\S+ in /\\S+, heap of at most \\d+ MiB, .*AOT cache.*"), line);
    assertTrue(lines.indexOf(line) < lines.indexOf(only(lines, "two: in force: ")), lines::toString);
  }

  @Test
  void shouldSayInOneLineAnOutputWhatIsInForceAndWhereItSendsTo() throws Exception {
    configuration
        .output("SeedType", "otlp_http")
        .output("DQueName", "one")
        .output("Headers", "Authorization s3cret")
        .output("Endpoint", "http://user:s3cret@backend.invalid:4318/base?token=s3cret")
        .output("HTTPProxy", "http://user:s3cret@proxy.invalid:3128")
        .secondOutput("DQueName", "two", "SeedType", "stdout", "Timeout", "7s");
    List<String> lines = start();
    lines = lines.subList(0, lines.indexOf(only(lines, "two: in force: ")) + 1);

    String first = only(lines, "[gardener] one");
    assertTrue(first.contains("one: in force: SeedType=otlp_http, "), first);
    assertTrue(first.contains(", Insecure=true, Headers=(hidden), "), first);
    assertTrue(
        first.contains(
            "effective: seed otlp_http http://***@backend.invalid:4318/base?***, POST /base/v1/logs,"
                + " through the proxy proxy.invalid:3128 of HTTPProxy, request timeout 30s"),
        first);
    String second = only(lines, "[gardener] two");
    assertTrue(second.contains("Timeout=7s, "), second);
    assertEquals(0, containing(lines, "s3cret").size());
    assertEquals(0, containing(lines, "no keys of this plugin").size());
  }

  @Test
  void shouldWarnOfAnOutputThatSendsNothingOrElsewhere() throws Exception {
    configuration
        .output("DQueName", "one")
        .secondOutput(
            "DQueName", "two", "SeedType", "otlp_grpc", "Host", "collector.example.com", "Port", "4317");
    List<String> lines = start();

    String dropped = only(lines, "is dropped");
    assertTrue(dropped.contains("warn"), dropped);
    assertTrue(dropped.contains("one: SeedType is not set: every record of this output"), dropped);
    String elsewhere = only(lines, "Endpoint is not set");
    assertTrue(elsewhere.contains("localhost:4317; Fluent Bit keeps Host, Port and tls"), elsewhere);
  }

  @Test
  void shouldNameWhatToUseInsteadOfKeysThatAreSetByHabit() throws Exception {
    configuration
        .output("SeedType", "stdout")
        .output("Uri", "/v1/logs")
        .output("Header", "Authorization s3cret")
        .output("Type", "otlp_grpc");
    List<String> lines = start();

    assertTrue(
        only(lines, "no keys of this plugin")
            .endsWith(
                "Header (use Headers, one key for all of them), Type (use SeedType),"
                    + " Uri (use EndpointUrlPath)"));
    assertEquals(0, containing(lines, "s3cret").size());
  }

  @Test
  void shouldNameATagThatHoldsNoMetadata() throws Exception {
    configuration
        .output("SeedType", "stdout")
        .output("FallbackToTagWhenMetadataIsMissing", "true");
    try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
      String warning = host.awaitLine(line -> line.contains("does not match TagPrefix"));
      assertTrue(warning.contains("dque: the tag \"kubernetes."), warning);
    }
  }

  @Test
  void shouldFollowLogLevelDownInAReload() throws Exception {
    configuration.service("Log_Level", "debug").output("SeedType", "stdout");
    configuration.output("LogLevel", "debug").output("DQueName", "first");
    try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
      host.awaitLine(line -> line.contains("first: in force"));
      host.awaitLine(line -> line.contains("seq=0"));
      configuration.output("LogLevel", "warn").output("DQueName", "second");
      reload(host, () -> Files.isDirectory(folder.resolve("queue/second")));
      configuration.output("LogLevel", "info").output("DQueName", "third");
      reload(host, () -> !containing(host.lines(), "third: in force").isEmpty());
      assertEquals(0, containing(host.lines(), "second: ").size());
    }
  }

  /** Reloads; asks again where the host was not done with the reload before. */
  private void reload(HostProcess host, HostProcess.Condition done) throws Exception {
    Files.writeString(folder.resolve("fluent-bit.conf"), configuration.toString());
    long[] refused = {refusedReloads(host)};
    host.signal("HUP");
    host.await(
        "the reload",
        () -> {
          if (refusedReloads(host) > refused[0]) {
            refused[0]++;
            host.signal("HUP");
          }
          return done.holds();
        });
  }

  private static long refusedReloads(HostProcess host) {
    return host.lines().stream().filter(line -> line.contains("reloading in progress")).count();
  }

  private List<String> start() throws Exception {
    try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
      String last = configuration.toString().contains("two") ? "two: in force" : "in force";
      host.awaitLine(line -> line.contains(last));
      return List.copyOf(host.lines());
    }
  }

  private static String only(List<String> lines, String text) {
    List<String> found = containing(lines, text);
    assertEquals(1, found.size(), () -> "no single line with " + text + " in " + lines);
    return found.get(0);
  }

  private static List<String> containing(List<String> lines, String text) {
    return lines.stream().filter(line -> line.contains("[gardener] ") && line.contains(text)).toList();
  }
}
