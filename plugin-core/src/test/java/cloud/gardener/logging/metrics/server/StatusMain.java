package cloud.gardener.logging.metrics.server;

import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.metrics.ExportError;
import cloud.gardener.logging.metrics.Labels;
import cloud.gardener.logging.metrics.QueueGauges;
import cloud.gardener.logging.metrics.TargetMetrics;
import cloud.gardener.logging.metrics.TrafficHistory;
import java.util.Random;

/** Serves the page of a busy seed, to look at it: {@code StatusMain <targets>} prints the URL. */
final class StatusMain {
  private StatusMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    try (ServedMetrics served = new ServedMetrics()) {
      createTargets(served, Integer.parseInt(arguments[0]));
      served.server.serveProfiles();
      System.out.println("http://127.0.0.1:" + served.port + "/");
      Thread.currentThread().join();
    }
  }

  /** Targets of each kind: with and without traffic, with each trouble. */
  static void createTargets(ServedMetrics served, int targets) {
    served.metrics.outputStarted(new SaidState("dynamic"));
    Random random = new Random(7);
    TargetMetrics seed = served.metrics.openTarget(Labels.seed("opentelemetry-collector.garden.svc:4317"));
    TargetMetrics[] shoots = new TargetMetrics[targets];
    for (int i = 0; i < targets; i++) {
      String namespace = "shoot--project-" + i % 20 + "--cluster-" + i;
      shoots[i] =
          served.metrics.openTarget(
              Labels.shoot(namespace, "opentelemetry-collector-collector." + namespace + ".svc.cluster.local:4317"));
      shoots[i].queue(gaugesOf(i % 37 == 5 ? random.nextInt(1 << 29) : 0));
    }
    for (int period = 0; period <= TrafficHistory.PERIODS; period++) {
      deliver(seed, 20_000 + random.nextInt(10_000), period < 50);
      for (int i = 0; i < targets; i++) {
        if (i % 4 != 0) {
          deliver(shoots[i], random.nextInt(800), i % 37 != 5 || period < 20);
        }
      }
      served.metrics.sampleTraffic();
    }
    seed.queue(new Waiting(180_000, 400, 900L << 20, 1L << 30, System.currentTimeMillis() - 160_000));
    for (int i = 0; i < targets; i++) {
      failOrStop(shoots[i], i);
    }
  }

  private static void deliver(TargetMetrics target, int records, boolean delivers) {
    target.incoming(records);
    if (delivers) {
      target.exported(records);
    }
  }

  private static QueueGauges gaugesOf(long bytes) {
    return bytes == 0
        ? new Waiting(0, 0, 0, 1L << 30, 0)
        : new Waiting(bytes / 300, bytes / 30_000, bytes, 1L << 30, System.currentTimeMillis() - 600_000);
  }

  private static void failOrStop(TargetMetrics target, int number) {
    if (number % 37 == 5) {
      target.exportFailed(ExportError.RETRY, "UNAVAILABLE: connection refused");
      target.deliveryStopped("the backend fails: UNAVAILABLE: Connection refused: " + target.labels().endpoint());
    } else if (number % 53 == 9) {
      target.exportFailed(ExportError.DESTINATION, "PERMISSION_DENIED");
      target.deliveryStopped(
          "the destination refuses: PERMISSION_DENIED: no access; check Headers and the backend's permissions");
    } else if (number % 41 == 3) {
      target.exportFailed(ExportError.PERMANENT, "INVALID_ARGUMENT: <b>bad</b> record");
      target.dropped(DropReason.EXPORT_ERROR, 3);
    }
  }

  private record Waiting(long records, long entries, long bytes, long maxBytes, long oldestMs) implements QueueGauges {}
}
