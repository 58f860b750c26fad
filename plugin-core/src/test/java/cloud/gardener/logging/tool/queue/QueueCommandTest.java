package cloud.gardener.logging.tool.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.queue.DeadLetterQueue;
import cloud.gardener.logging.queue.DiskQueue;
import cloud.gardener.logging.queue.QueueFolder;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class QueueCommandTest {
  private static final String SEGMENT = "0000000000000000.segment";
  private static final String JSON =
      "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\"%s\"},"
          + "\"traceId\":\"0123456789abcdef0123456789abcdef\"}]}]}]}";

  @TempDir Path folder;

  private Path output;

  @BeforeEach
  void nameOutput() {
    output = folder.resolve("kubernetes");
  }

  private List<String> run(int code, Object... words) {
    StringWriter out = new StringWriter();
    int exit =
        new CommandLine(new QueueCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out))
            .execute(Stream.of(words).map(Object::toString).toArray(String[]::new));
    assertEquals(code, exit, out.toString());
    return out.toString().replace(folder.toString(), "").lines().map(line -> line.replaceAll(" +", " ")).toList();
  }

  @Test
  void shouldPrintTheOptionsOfACommand() {
    assertTrue(run(0, "help", "send").get(0).startsWith("Usage: queue send "));
  }

  private void damage(Path file, int at) throws IOException {
    byte[] all = Files.readAllBytes(file);
    all[at] ^= 1;
    Files.write(file, all);
  }

  /** A quarantined copy of the seed's segment, whose second entry is damaged. */
  private Path quarantine() throws IOException {
    Path file = output.resolve("seed/0000000000000007.quarantine");
    Files.copy(output.resolve("seed").resolve(SEGMENT), file);
    damage(file, 32 + 120);
    return file;
  }

  @Test
  void shouldListWhatWaitsWhere() throws Exception {
    QueuedRecords.append(output, "one", "two");
    QueuedRecords.appendDeadLetter(output, "chunk", 0, "msgpack", "a defect");
    quarantine();
    Files.createDirectories(folder.resolve("kubernetes/otlp-grpc"));
    Files.write(folder.resolve("kubernetes/otlp-grpc/00000001.dque"), new byte[77]);
    List<String> lines = run(0, "list", folder);
    assertEquals("WHAT FILES RECORDS BYTES OLDEST FOLDER", lines.get(0));
    assertTrue(lines.get(1).matches("dead letters 1 0 \\d+ 20\\S+Z /kubernetes/dead_letters"), lines.get(1));
    assertEquals("of the plugin in Go 1 - 77 - /kubernetes/otlp-grpc", lines.get(2));
    assertTrue(lines.get(3).matches("waiting 1 2 \\d+ 2023-11-14T22:13:20Z /kubernetes/seed"), lines.get(3));
    assertTrue(
        lines.get(4).matches("quarantined 1 2 \\d+ 2023-11-14T22:13:20Z /kubernetes/seed \\(damaged\\)"), lines.get(4));
  }

  @Test
  void shouldListWhileThePluginAppendsAndRemoves() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (QueueFolder home = QueueFolder.open(output, 1 << 19, "the plugin");
        DiskQueue queue = QueuedRecords.open(home)) {
      CompletableFuture<Void> plugin =
          CompletableFuture.runAsync(
              () -> {
                while (!done.get()) {
                  QueuedRecords.append(queue, "text");
                  if (queue.entries() > 20 && queue.read() != null) {
                    queue.remove(1);
                  }
                }
              });
      for (int i = 0; i < 500; i++) {
        assertFalse(run(0, "list", folder).toString().contains("damaged"));
      }
      done.set(true);
      plugin.join();
    }
  }

  @Test
  void shouldShowEntriesAndTheirContent() throws Exception {
    QueuedRecords.append(output, "one", "two");
    QueuedRecords.appendDeadLetter(output, "first", 3, "otlp", "INVALID_ARGUMENT: bad\nrecord");
    List<String> lines = run(0, "show", output.resolve("dead_letters"));
    assertEquals("/kubernetes/dead_letters/" + SEGMENT + ": 1 entries wait", lines.get(0));
    assertTrue(
        lines.get(1).matches(" at 32: waits, 3 records of 20.*Z, 5 bytes, dead: INVALID_ARGUMENT: bad record"), lines.get(1));
    assertEquals(
        List.of(JSON.formatted("one"), JSON.formatted("two")), run(0, "show", "--content", output.resolve("seed")));
  }

  @Test
  void shouldShowWhatWasSentAndWhatIsDamaged() throws Exception {
    QueuedRecords.append(output, "first", "other", "third");
    try (QueueFolder home = QueueFolder.open(output, 1 << 19, "the test");
        DiskQueue queue = QueuedRecords.open(home)) {
      queue.read();
      queue.remove(1);
    }
    Path segment = output.resolve("seed").resolve(SEGMENT);
    int entry = Integer.parseInt(run(0, "show", segment).get(2).replaceFirst(" at (\\d+).*", "$1")) - 32;
    damage(segment, 32 + 3 * entry - 1);
    List<String> lines = run(1, "show", segment);
    assertTrue(lines.get(0).endsWith(": 2 entries wait"), lines.get(0));
    assertTrue(lines.get(1).startsWith(" at 32: was sent, 1 records"), lines.get(1));
    assertTrue(lines.get(2).contains(": waits, 1 records"), lines.get(2));
    assertTrue(lines.get(3).endsWith("bytes, damaged"), lines.get(3));
    assertEquals(4, lines.size(), "the free space at the end is not shown");

    byte[] all = Files.readAllBytes(segment);
    Arrays.fill(all, 0, 32, (byte) 0);
    Arrays.fill(all, 32 + 2 * entry, 32 + 2 * entry + 40, (byte) 9);
    Files.write(segment, all);
    lines = run(1, "show", segment);
    assertTrue(lines.get(0).endsWith(": its header is damaged"));
    assertTrue(lines.get(1).contains("whether it was sent is not known, 1 records"));
    assertTrue(lines.get(3).endsWith("bytes are damaged"), lines.get(3));
  }

  @Test
  void shouldExportEachEntryToAFile() throws Exception {
    QueuedRecords.append(output, "one");
    QueuedRecords.appendDeadLetter(output, "chunk", 1, "../msgpack", "a defect");
    Path to = folder.resolve("to");
    assertEquals(List.of("2 files written to /to"), run(0, "export", "--to", to, output));
    assertArrayEquals("chunk".getBytes(UTF_8), Files.readAllBytes(to.resolve("dead_letters-" + SEGMENT + "-32.___msgpack")));
    run(0, "export", "--json", "--to", to, output);
    assertEquals(JSON.formatted("one") + "\n", Files.readString(to.resolve("seed-" + SEGMENT + "-32.json")));
  }

  @Test
  void shouldDropWhatIsKeptForAPersonWhileThePluginRuns() throws Exception {
    QueuedRecords.append(output, "one", "two");
    QueuedRecords.appendDeadLetter(output, "chunk", 0, "msgpack", "a defect");
    Path quarantined = quarantine();
    Path waiting = output.resolve("seed").resolve(SEGMENT);
    try (QueueFolder plugin = QueueFolder.open(output, 1 << 19, "the plugin")) {
      assertEquals(output, plugin.path());
      assertTrue(run(1, "drop", output).contains("nothing was deleted: add --yes to delete these files and their records"));
      assertTrue(Files.exists(quarantined));
      List<String> lines = run(1, "drop", "--yes", output);
      assertTrue(lines.contains("/kubernetes/seed/0000000000000007.quarantine: quarantined, deleted"), lines.toString());
      assertTrue(lines.toString().contains(SEGMENT + ": not deleted: the queue's folder"), lines.toString());
      assertFalse(Files.exists(quarantined));
      assertFalse(Files.exists(output.resolve("dead_letters").resolve(SEGMENT)));
      assertTrue(Files.exists(waiting));
    }
    run(0, "drop", "--yes", output);
    assertFalse(Files.exists(waiting));
  }

  @Test
  void shouldSendAndDropWhatWaitsOnceNoPluginUsesIt() throws Exception {
    QueuedRecords.append(output, "one", "two");
    Path waiting = output.resolve("seed").resolve(SEGMENT);
    HttpServer server = backend(() -> {});
    String url = url(server);
    try {
      try (QueueFolder plugin = QueueFolder.open(output, 1 << 19, "the plugin")) {
        assertEquals(output, plugin.path());
        List<String> lines = run(1, "send", "--drop", "--to", url, output);
        assertTrue(lines.get(0).contains("left to the plugin"), lines.toString());
        assertTrue(Files.exists(waiting));
      }
      List<String> lines = run(0, "send", "--drop", "--to", url, output);
      assertTrue(lines.get(1).endsWith("; sent now"), lines.get(1));
      assertEquals(" deleted", lines.get(3));
      assertFalse(Files.exists(waiting));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void shouldKeepAFileToWhichThePluginHasAddedMeanwhile() throws Exception {
    try (QueueFolder home = QueueFolder.open(output, 1 << 19, "the plugin");
        DeadLetterQueue letters = QueuedRecords.openLetters(home)) {
      letters.add(ByteBuffer.allocate(0), 1, "otlp", "first");
      HttpServer server = backend(() -> letters.add(ByteBuffer.allocate(0), 1, "otlp", "second"));
      try {
        List<String> lines = run(0, "send", "--drop", "--to", url(server), output);
        assertEquals(" kept: it has changed, send it again", lines.get(2));
        assertEquals(2, run(0, "show", output).stream().filter(line -> line.contains("waits")).count());
      } finally {
        server.stop(0);
      }
    }
  }

  /** A backend that accepts each request, after something else has happened. */
  private static HttpServer backend(Runnable meanwhile) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            meanwhile.run();
            exchange.sendResponseHeaders(200, -1);
          }
        });
    server.start();
    return server;
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/logs";
  }

  @Test
  void shouldSayHowItIsCalled() {
    assertTrue(run(2, "show").get(0).startsWith("Missing required parameter"));
    assertEquals("there is no /nothing", run(2, "list", folder.resolve("nothing")).get(0));
  }
}
