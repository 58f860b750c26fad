package cloud.gardener.logging.jni;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How much a library may say. */
class LibraryLinesTest {
  private long nowNs = Long.MAX_VALUE - 5;
  private final LibraryLines lines = new LibraryLines(() -> nowNs);

  @Test
  void shouldAdmitOneLineAMinuteAndCountTheOthers() {
    assertEquals(0, lines.admit("exporter"));
    for (int i = 0; i < 499; i++) {
      assertEquals(LibraryLines.SUPPRESSED, lines.admit("exporter"));
    }
    nowNs += TimeUnit.MINUTES.toNanos(1);
    assertEquals(499, lines.admit("exporter"));
    nowNs += TimeUnit.MINUTES.toNanos(1);
    assertEquals(0, lines.admit("exporter"));
  }

  @Test
  void shouldLimitEachLoggerSeparately() {
    assertEquals(0, lines.admit("one"));
    assertEquals(0, lines.admit("two"));
  }
}
