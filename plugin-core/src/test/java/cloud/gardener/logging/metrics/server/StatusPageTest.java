package cloud.gardener.logging.metrics.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.metrics.ExportError;
import cloud.gardener.logging.metrics.Labels;
import cloud.gardener.logging.metrics.QueueGauges;
import cloud.gardener.logging.metrics.TargetMetrics;
import org.junit.jupiter.api.Test;

class StatusPageTest {
  @Test
  void shouldShowTargetsAsText() throws Exception {
    try (ServedMetrics served = new ServedMetrics()) {
      TargetMetrics seed = served.metrics.openTarget(Labels.seed("https://***@backend:4318"));
      seed.queue(new QueueGauges.Fixed(4, 2, 1234));
      seed.incoming(10);
      seed.recovered(1);
      seed.exported(5);
      seed.dropped(DropReason.MALFORMED, 2);
      seed.exportStarted(3);
      seed.exportFailed(ExportError.RETRY, "UNAVAILABLE: connection refused");
      seed.deliveryStopped("the destination refuses: HTTP 404 Not Found");
      TargetMetrics shoot = served.metrics.openTarget(Labels.shoot("shoot--a--b", "collector:4317"));
      shoot.incoming(7);
      shoot.deliveryStopped("the backend fails: UNAVAILABLE");
      shoot.deliveryResumed();

      String page = served.get("/?format=text").body();

      assertEquals(
          """
          Gardener output plugin for Fluent Bit, version 1.2.3
          health: ok
          pages:  /metrics /healthz /status.json, and /debug/pprof/ with Pprof true

          2 targets; all numbers but bytes count records, since the start

          dynamic/seed
            target      SEED garden
            endpoint    https://***@backend:4318
            queue       4 in 2 entries, 1234 bytes on disk
            sending     3
            balance     incoming 10 + recovered 1 = exported 5 + dropped 2 + buffered 4
            delivery    none since TIME the destination refuses: HTTP 404 Not Found
            last error  TIME UNAVAILABLE: connection refused

          dynamic/shoot--a--b
            target      SHOOT shoot--a--b
            endpoint    collector:4317
            queue       0 in 0 entries, 0 bytes on disk
            sending     0
            balance     incoming 7 + recovered 0 = exported 0 + dropped 0 + buffered 0 + on the way 7
            delivery    ok
            last error  none
          """,
          page.replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z", "TIME"));
    }
  }

  @Test
  void shouldShowTheReasonForARestart() throws Exception {
    try (ServedMetrics served = new ServedMetrics()) {
      served.problem = "dynamic/seed: the disk refuses";
      served.health.check();

      assertEquals(
          "health: dynamic/seed: the disk refuses",
          served.get("/?format=text").body().lines().skip(1).findFirst().orElse(""));
    }
  }

  @Test
  void shouldKeepABackendsMessageInOneLine() throws Exception {
    try (ServedMetrics served = new ServedMetrics()) {
      served
          .metrics
          .openTarget(Labels.seed("backend:4317"))
          .exportFailed(ExportError.PERMANENT, "no\r\n\r\ndynamic/seed\u001b[2J");

      String page = served.get("/?format=text").body();

      assertFalse(page.contains("\r") || page.contains("\u001b"), page);
      assertEquals(1, page.lines().filter(line -> line.startsWith("dynamic/seed")).count());
    }
  }
}
