package cloud.gardener.logging.jni;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.config.value.LogLevel;
import cloud.gardener.logging.intake.FlushResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Java and the C shim number results and log levels alike: as Fluent Bit does. */
class CodesTest {
  private static final Pattern CONSTANT = Pattern.compile("\\bFLB_(\\w+) = (\\d+)");

  /** The constants of the shim's header, without their FLB_. */
  private static final Map<String, Integer> HEADER = new TreeMap<>();

  @BeforeAll
  static void readHeader() throws IOException {
    Matcher constant =
        CONSTANT.matcher(Files.readString(Path.of("../native/shim/fluent_bit.h"), UTF_8));
    while (constant.find()) {
      HEADER.put(constant.group(1), Integer.valueOf(constant.group(2)));
    }
  }

  @Test
  void shouldNumberEveryResultAsTheHeader() {
    for (FlushResult result : FlushResult.values()) {
      assertEquals(HEADER.get(result.name()), result.code(), result.name());
    }
  }

  @Test
  void shouldNumberEveryLogLevelAsTheHeader() {
    List<Integer> logged = new ArrayList<>();
    HostLog.Sink sink = (level, message) -> logged.add(level);
    HostLog.Listener listener = HostLog.listen(LogLevel.TRACE, sink);
    Logger logger = Logger.getLogger("cloud.gardener.logging.jni.CodesTest");

    for (Level level : List.of(Level.SEVERE, Level.WARNING, Level.INFO, Level.FINE, Level.FINEST)) {
      logger.log(level, "a line");
    }
    listener.close();

    assertEquals(
        List.of(
            HEADER.get("LOG_ERROR"),
            HEADER.get("LOG_WARN"),
            HEADER.get("LOG_INFO"),
            HEADER.get("LOG_DEBUG"),
            HEADER.get("LOG_TRACE")),
        logged);
    HostLog.logErrors(List.of("a refusal"), sink);
    assertEquals(HEADER.get("LOG_ERROR"), logged.get(logged.size() - 1));
  }
}
