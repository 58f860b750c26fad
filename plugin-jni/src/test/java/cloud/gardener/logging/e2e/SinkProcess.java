package cloud.gardener.logging.e2e;

import cloud.gardener.logging.sink.OtlpSinkMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An OTLP backend in a process of its own that counts numbered records and fails on command. */
final class SinkProcess implements AutoCloseable {
  private static final Pattern IDS =
      Pattern.compile("distinct (\\d+) lost (\\d+) doubled (\\d+) out-of-order (\\d+) without (\\d+)");

  /**
   * What has arrived of the numbers that were sent.
   *
   * @param distinct numbers that came
   * @param lost numbers that did not
   * @param doubled records whose number had come before
   */
  record Tally(long distinct, long lost, long doubled) {}

  private final Process process;
  private final PrintStream commands;
  private final BufferedReader answers;
  private final int port;

  private SinkProcess(Process process) throws IOException {
    this.process = process;
    this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.answers = process.inputReader();
    String first = answers.readLine();
    this.port = Integer.parseInt(first.substring(first.lastIndexOf(':') + 1));
  }

  /** Starts one on a free port. */
  static SinkProcess start() throws IOException {
    return start(0);
  }

  static SinkProcess start(int port) throws IOException {
    return start("--port", Integer.toString(port));
  }

  /** Starts one on another address of this machine. */
  static SinkProcess start(String address, int port) throws IOException {
    return start("--host", address, "--port", Integer.toString(port));
  }

  /** Starts one that serves with the {@code tls.crt} of a folder and wants a certificate of its {@code ca.crt}. */
  static SinkProcess startTls(Path folder) throws IOException {
    return start("--tls", folder.toString());
  }

  private static SinkProcess start(String... options) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-Xmx256m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(OtlpSinkMain.class.getName(), "--ids"));
    command.addAll(List.of(options));
    return new SinkProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  int port() {
    return port;
  }

  /** As {@link OtlpSinkMain} names them: accept, refuse, hang, reset, random 0.7 ... */
  void mode(String mode) throws IOException {
    String answer = ask("mode " + mode);
    if (!answer.equals("ok")) {
      throw new IllegalArgumentException(answer);
    }
  }

  /** Records accepted, doubled ones included. */
  long records() throws IOException {
    return Long.parseLong(ask("count").split(" ")[1]);
  }

  /** Whose certificate came with the last request; empty for none. */
  String client() throws IOException {
    return ask("client").substring("client ".length());
  }

  /** How things stand with the numbers {@code first} to {@code last}. */
  Tally tally(long first, long last) throws IOException {
    Matcher ids = ids(first, last);
    return new Tally(number(ids, 1), number(ids, 2), number(ids, 3));
  }

  /** Records that came after one with a larger number. */
  long outOfOrder(long first, long last) throws IOException {
    return number(ids(first, last), 4);
  }

  private Matcher ids(long first, long last) throws IOException {
    Matcher ids = IDS.matcher(ask("ids " + first + " " + last));
    if (!ids.matches()) {
      throw new IllegalStateException("not a tally: " + ids);
    }
    return ids;
  }

  private static long number(Matcher matcher, int group) {
    return Long.parseLong(matcher.group(group));
  }

  private synchronized String ask(String command) throws IOException {
    commands.println(command);
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the sink is gone");
    }
    return answer;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
