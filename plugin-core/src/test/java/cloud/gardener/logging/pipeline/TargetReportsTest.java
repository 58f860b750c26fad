package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.export.clients.LogCapture;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class TargetReportsTest {
  /** The worker reports a defect for each step that fails, which may be hundreds a second. */
  @Test
  void shouldLogADefectOnceAMinute() {
    TargetReports reports = new TargetReports("dque/seed", null, null, TargetLog.ofSeed());
    try (LogCapture log = new LogCapture()) {
      for (int i = 0; i < 100; i++) {
        reports.onDefect(new IllegalStateException("broken"));
      }
      assertEquals(
          List.of("dque/seed: a defect in the export, it goes on"), log.lines(TargetLog.class, Level.SEVERE));
    }
  }
}
