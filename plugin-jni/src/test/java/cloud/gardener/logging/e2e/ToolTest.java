package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.migration.GoQueueFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command-line tool of the distribution, beside a host that runs the plugin. */
class ToolTest {
  private static final String OUTPUT = "[OUTPUT]\n  Name gardener\n  Match *\n  SeedType stdout\n";

  @TempDir Path folder;

  private LogFile logs;
  private Configuration configuration;

  private record Result(int code, String text) {}

  @BeforeEach
  void configure() {
    logs = new LogFile(folder.resolve("pod.log"), 0);
    configuration = new Configuration(logs.path(), folder.resolve("queue")).to(Configuration.freePort());
  }

  private static Result run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PATH", "/nothing"); // There is no shell and no program in Fluent Bit's images.
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), text);
  }

  private static Result tool(Object... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Distribution.plugin().resolveSibling("gardener/bin/flb-gardener").toString());
    for (Object word : words) {
      command.add(word.toString());
    }
    return run(command);
  }

  @Test
  void shouldPrintWhatTheRunningPluginHasInForce() throws Exception {
    configuration.output("Headers", "Authorization s3cret").output("Timeout", "7s");
    Path file = Files.writeString(folder.resolve("check.conf"), configuration.toString());
    Result result = tool("check", file);
    assertEquals(0, result.code(), result.text());
    try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
      String line = host.awaitLine(text -> text.contains("dque: in force: "));
      assertTrue(result.text().contains(line.substring(line.indexOf("dque: in force: "))), result.text() + line);
    }
  }

  @Test
  void shouldRefuseWhatTheHostDoesNotStartWith() throws Exception {
    configuration.output("RetryMaxInterval", "50ms");
    Path file = Files.writeString(folder.resolve("check.conf"), configuration.toString());
    Result result = tool("check", file);
    assertEquals(1, result.code(), result.text());
    try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
      String line = host.awaitLine(text -> text.contains("RetryMaxInterval: "));
      assertTrue(result.text().contains(line.substring(line.indexOf("RetryMaxInterval: "))), result.text() + line);
    }
  }

  @Test
  void shouldWorkOnTheQueuesOfARunningPlugin() throws Exception {
    Path queues = folder.resolve("queue");
    logs.write(500);
    try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
      host.await(
          "all to be queued",
          () -> Scrape.sum(configuration.metricsPort(), "fluentbit_gardener_buffered_logs") == 500);
      Result list = tool("queue", "list", queues);
      assertEquals(0, list.code(), list.text());
      assertTrue(list.text().lines().anyMatch(line -> line.matches("waiting +\\d+ +500 .*/queue/dque/seed")), list.text());
      assertEquals(500, tool("queue", "show", "--content", queues).text().lines().filter(line -> line.startsWith("{")).count());
      Result drop = tool("queue", "drop", "--yes", queues);
      assertEquals(1, drop.code(), drop.text());
      assertTrue(drop.text().contains("is locked by another process (process " + host.pid()), drop.text());
      host.terminate();
    }
    assertEquals(0, tool("queue", "drop", "--yes", queues).code());
    assertEquals(1, tool("queue", "list", queues).text().lines().count());
  }

  @Test
  void shouldLeaveTheFilesOfAPluginInGoThatRuns() throws Exception {
    Path left = GoQueueFiles.copyReal(folder.resolve("queue/dque/otlp-grpc"));
    List<String> before = GoQueueFiles.names(left);
    Process plugin =
        new ProcessBuilder("flock", left.resolve("lock.lock").toString(), "sh", "-c", "echo locked; cat").start();
    try {
      assertEquals("locked", plugin.inputReader().readLine());
      Result drop = tool("queue", "drop", "--yes", folder.resolve("queue"));
      assertEquals(1, drop.code(), drop.text());
      assertTrue(drop.text().contains("dque: not deleted: a plugin in Go uses " + left), drop.text());
      assertEquals(before, GoQueueFiles.names(left));
    } finally {
      plugin.getOutputStream().close(); // Ends cat.
      plugin.waitFor();
    }
    assertEquals(0, tool("queue", "drop", "--yes", folder.resolve("queue")).code());
    assertEquals(List.of("lock.lock"), GoQueueFiles.names(left));
  }

  @Test
  void shouldSendRecordsBackThroughARunningPlugin() throws Exception {
    Assumptions.assumeTrue(
        Distribution.hostKind() == Distribution.HostKind.FLUENT_BIT, "the bundled host has no input opentelemetry");
    logs.write(500);
    try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
      host.await(
          "all to be queued",
          () -> Scrape.sum(configuration.metricsPort(), "fluentbit_gardener_buffered_logs") == 500);
      host.terminate();
    }
    Path saved = Files.move(folder.resolve("queue"), folder.resolve("saved"));
    int port = Configuration.freePort();
    Path none = Files.createFile(folder.resolve("none.log"));
    try (SinkProcess sink = SinkProcess.start()) {
      Configuration running = new Configuration(none, folder.resolve("queue")).to(sink.port());
      String input = "[INPUT]\n    Name opentelemetry\n    Tag otlp\n    Listen 127.0.0.1\n    Port " + port + "\n";
      try (HostProcess host = HostProcess.start(folder, running + input)) {
        host.await(
            "all to be sent",
            () ->
                tool("queue", "send", "--drop", "--to", "http://127.0.0.1:" + port + "/v1/logs", saved).code() == 0);
        host.await("all to arrive", () -> sink.tally(0, 499).distinct() == 500);
        assertEquals(500, sink.records());
        host.terminate();
      }
    }
    assertEquals(1, tool("queue", "list", saved).text().lines().count(), "what was sent is deleted");
  }

  @Test
  void shouldExplainARoute() throws Exception {
    Path file = Files.writeString(folder.resolve("check.conf"), configuration.toString());
    Result result = tool("explain", "--tag", "kubernetes.x", file);
    assertEquals(0, result.code(), result.text());
    assertTrue(result.text().contains("goes to the seed: DynamicHostPath is not set"), result.text());
  }

  @Test
  void shouldSayThatThereIsNoJvm() throws Exception {
    Path tool = Distribution.plugin().resolveSibling("gardener/bin/flb-gardener");
    Path copy = Files.createDirectories(folder.resolve("gardener/bin")).resolve("flb-gardener");
    Files.copy(tool, copy, StandardCopyOption.COPY_ATTRIBUTES);
    ProcessBuilder builder = new ProcessBuilder(copy.toString(), "check").redirectErrorStream(true);
    builder.environment().put("GARDENER_PLUGIN_JAVA_HOME", "/nothing");
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(3, process.waitFor());
    assertEquals(
        "flb-gardener: no JVM of version 17 or newer: looked at GARDENER_PLUGIN_JAVA_HOME=/nothing"
            + " (no lib/server/libjvm.so)\n",
        text);
  }

  /** Each is a configuration, ~ a line's end and # a tab; the tool must accept it when Fluent Bit's dry run does. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{output}",
        "[OUT]~  Name gardener~    Match *~  SeedType stdout~",
        "[OUTPUT]~  Name gardener~   Match *~",
        "[OUTPUT]~  Name gardener~ ~  Match *~",
        "[OUTPUT]~Name gardener~Match *~",
        "[OUTPUT]~#Name gardener~#Match#*~",
        "[OUTPUT]~  Name gardener~  Match  ~",
        "[OUTPUT]~  Name gardener~  [group]~    a b~",
        "[OUTPUT~  Name gardener~",
        "  Name gardener~",
        "@INCLUDE nothing.conf~{output}",
        "@INCLUDE nothing*.conf~{output}",
        "@SET~{output}",
        "@SOMETHING else~{output}",
        "@SET A=stdout~{output}  ShootType ${A}~",
        "pipeline:~  outputs:~    - name: gardener~      match: '*'~      seedType: stdout~",
        "pipeline:~  outputs:~    - name: gardener~      match:~        a: b~",
        "pipeline:~  outputs:~    name: gardener~",
        "includes:~  - nothing.yaml~",
        "service:~  flush: 1~service:~  flush: 2~",
        "env:~  - A~pipeline:~  outputs:~    - name: gardener~      match: '*'~      seed_type: stdout~"
      })
  void shouldReadAConfigurationAsFluentBitDoes(String text) throws Exception {
    String content = text.replace("{output}", OUTPUT).replace('~', '\n').replace('#', '\t');
    String name = text.matches("(?s)[a-z]+:.*") ? "dry-run.yaml" : "dry-run.conf";
    Path file = Files.writeString(folder.resolve(name), content);
    Result host = dryRun(file);
    Result tool = tool("check", file);
    assertEquals(host.code() == 0, tool.code() == 0, host.text() + tool.text());
  }

  /** Fluent Bit 5 does not start; 4.2 logs an error and starts, without the parsers or plugins. */
  @ParameterizedTest
  @ValueSource(strings = {"Parsers_File", "Plugins_File"})
  void shouldRejectAFileThatFluentBitDoesNotFind(String key) throws Exception {
    String content = "[SERVICE]\n  " + key + " nothing.conf\n" + OUTPUT;
    Path file = Files.writeString(folder.resolve("dry-run.conf"), content);
    Result host = dryRun(file);
    assertTrue(host.text().contains("No such file or directory"), host.text());
    Result tool = tool("check", file);
    assertEquals(1, tool.code(), tool.text());
    assertTrue(tool.text().contains(key + ": there is no file"), tool.text());
  }

  private static Result dryRun(Path file) throws Exception {
    Assumptions.assumeTrue(
        Distribution.hostKind() == Distribution.HostKind.FLUENT_BIT, "the bundled host has no --dry-run");
    return run(
        List.of(
            Distribution.host().toString(), "--dry-run", "-e", Distribution.plugin().toString(), "-c", file.toString()));
  }
}
