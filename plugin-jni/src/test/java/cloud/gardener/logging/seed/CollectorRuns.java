package cloud.gardener.logging.seed;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Numbered records through a Collector to a VictoriaLogs, which each test has for itself. */
@Tag("real")
abstract class CollectorRuns {
  @TempDir Path folder;

  VictoriaLogs victoria;

  /** @param components of the Collector that the test needs */
  static void assume(Class<? extends CollectorRuns> test, String... components) throws Exception {
    Programs.assume(test.getSimpleName(), VictoriaLogs.PROGRAM);
    OtelCollector.assume(test.getSimpleName(), components);
  }

  @BeforeEach
  void start() throws Exception {
    victoria = VictoriaLogs.start(folder.resolve("victoria"));
  }

  @AfterEach
  void stop() {
    victoria.close();
  }

  /** A Collector that answers once VictoriaLogs has the records. */
  CollectorSettings forwarding() throws Exception {
    return new CollectorSettings().forward(victoria.insertUrl(), CountedRun.HEADERS);
  }

  /** A run that sends to a port of this machine, over {@code otlp_grpc} or {@code otlp_http}. */
  CountedRun run(String type, int port) {
    return new CountedRun(folder, victoria).to(type, port);
  }
}
