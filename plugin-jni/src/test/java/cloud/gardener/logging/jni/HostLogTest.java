package cloud.gardener.logging.jni;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.config.value.LogLevel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What of our own log reaches the host's. */
class HostLogTest {
  private static final Logger OURS = Logger.getLogger("cloud.gardener.logging.test");
  private static final Logger LIBRARY = Logger.getLogger("io.library");
  private static final List<String> LINES = new CopyOnWriteArrayList<>();

  private static HostLog.Listener listen(LogLevel level) {
    return HostLog.listen(level, (number, text) -> LINES.add(number + " " + new String(text, UTF_8)));
  }

  private static List<String> messages() {
    LINES.clear();
    OURS.severe("error");
    OURS.warning("warning");
    OURS.info("info");
    OURS.fine("debug");
    OURS.finest("trace");
    return List.copyOf(LINES);
  }

  private static final List<String> ERRORS = List.of("1 [gardener] error");
  private static final List<String> INFOS =
      List.of("1 [gardener] error", "2 [gardener] warning", "3 [gardener] info");
  private static final List<String> ALL =
      List.of(
          "1 [gardener] error",
          "2 [gardener] warning",
          "3 [gardener] info",
          "4 [gardener] debug",
          "5 [gardener] trace");

  @Test
  void shouldRaiseAndLowerTheLevelOnReload() {
    HostLog.Listener first = listen(LogLevel.INFO);
    assertEquals(INFOS, messages());
    first.close();
    HostLog.Listener second = listen(LogLevel.TRACE);
    assertEquals(ALL, messages());
    second.close();
    HostLog.Listener third = listen(LogLevel.ERROR);
    assertEquals(ERRORS, messages());
    third.close();
  }

  @Test
  void shouldUseTheMostVerboseLevelOfTheRunningOutputs() {
    HostLog.Listener error = listen(LogLevel.ERROR);
    HostLog.Listener trace = listen(LogLevel.TRACE);
    HostLog.Listener info = listen(LogLevel.INFO);
    assertEquals(ALL, messages());
    trace.close();
    trace.close();
    assertEquals(INFOS, messages());
    info.close();
    assertEquals(ERRORS, messages());
    error.close();
  }

  @Test
  void shouldLogEachReasonOfARefusalAndBoundThem() {
    List<String> reasons = IntStream.rangeClosed(1, 23).mapToObj(number -> "reason " + number).toList();
    LINES.clear();
    HostLog.logErrors(reasons.subList(0, 2), (number, text) -> LINES.add(number + " " + new String(text, UTF_8)));
    assertEquals(List.of("1 [gardener] reason 1", "1 [gardener] reason 2"), LINES);

    LINES.clear();
    HostLog.logErrors(reasons, (number, text) -> LINES.add(number + " " + new String(text, UTF_8)));
    assertEquals(21, LINES.size());
    assertEquals("1 [gardener] reason 20", LINES.get(19));
    assertEquals(
        "1 [gardener] and 3 more problems of this output: flb-gardener check names all of them", LINES.get(20));
  }

  @Test
  void shouldForwardMessagesAfterTheLastOutput() {
    listen(LogLevel.INFO).close();

    assertEquals(INFOS, messages());
  }

  @Test
  void shouldForwardWarningsOfLibrariesOnceAMinute() {
    HostLog.Listener trace = listen(LogLevel.TRACE);
    LINES.clear();
    LIBRARY.info("info");
    LIBRARY.warning("warning");
    LIBRARY.warning("warning");
    assertEquals(List.of("2 [gardener] warning"), LINES);
    trace.close();
  }
}
