package cloud.gardener.logging.seed;

import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.e2e.Load;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A Collector that takes nothing for a while: because what it sends to is away, and its memory or its queue
 * is full, or because it is stopped or killed and started again.
 */
class CollectorOutageTest extends CollectorRuns {
  private static final int RECORDS_A_SECOND = 4_000;
  private static final int RESTARTS = 3;

  @BeforeAll
  static void needPrograms() throws Exception {
    assume(CollectorOutageTest.class, "otlp_http", "memory_limiter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void shouldLoseNothingWhileTheMemoryLimiterRefuses(String type) throws Exception {
    CollectorSettings settings =
        queued(100_000)
            .processor("memory_limiter")
            .set("processors::memory_limiter::check_interval", "100ms")
            .set("processors::memory_limiter::limit_mib", "60")
            .set("processors::memory_limiter::spike_limit_mib", "20");
    outage(type, settings, "Refusing data", "memory_limiter refuses");
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void shouldLoseNothingWhileTheSendingQueueIsFull(String type) throws Exception {
    outage(type, queued(10), "sending queue is full", "sending_queue full");
  }

  /** VictoriaLogs is away until the Collector refuses, and a while longer. */
  private void outage(String type, CollectorSettings settings, String refusal, String scenario)
      throws Exception {
    try (OtelCollector collector = OtelCollector.start(folder, settings);
        CountedRun run = run(type, collector.port(type)).start()) {
      run.logs().write(1_000);
      run.awaitArrived();
      victoria.close();
      Load load = Load.start(run.logs(), 2 * RECORDS_A_SECOND);
      try {
        run.host().await("a refusal", () -> collector.lines(refusal) > 0);
        run.host().awaitLine(line -> line.contains("accepts no records"));
      } finally {
        load.stop();
      }
      run.awaitTaken();
      assertTrue(run.metric("buffered_logs") > 0, "nothing waits");
      victoria.restart();
      run.assertNothingLost(scenario + ", " + type, 0);
    }
  }

  /** A Collector that answers before VictoriaLogs has taken the records, and then tries for ever. */
  private CollectorSettings queued(int requests) throws Exception {
    return forwarding()
        .set("exporters::otlp_http::sending_queue::enabled", "true")
        .set("exporters::otlp_http::sending_queue::queue_size", Integer.toString(requests))
        .set("exporters::otlp_http::retry_on_failure::enabled", "true")
        .set("exporters::otlp_http::retry_on_failure::initial_interval", "100ms")
        .set("exporters::otlp_http::retry_on_failure::max_interval", "500ms")
        .set("exporters::otlp_http::retry_on_failure::max_elapsed_time", "0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void shouldLoseNothingWhenTheCollectorIsStoppedOrKilledUnderLoad(String type) throws Exception {
    try (OtelCollector collector = OtelCollector.start(folder, forwarding());
        CountedRun run = run(type, collector.port(type)).start()) {
      Load load = Load.start(run.logs(), RECORDS_A_SECOND);
      try {
        for (int restart = 0; restart < RESTARTS; restart++) {
          run.awaitMore(RECORDS_A_SECOND / 2);
          collector.stop();
          collector.start();
          run.awaitMore(RECORDS_A_SECOND / 2);
          collector.kill();
          collector.start();
        }
        run.awaitMore(RECORDS_A_SECOND / 2);
      } finally {
        load.stop();
      }
      run.assertNothingLost(
          RESTARTS + " stops and " + RESTARTS + " kills of the Collector, " + type,
          CountedRun.doubledBy(2 * RESTARTS));
    }
  }
}
