package cloud.gardener.logging.metrics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The collections that a scrape shows. */
class CollectionsTest {
  @Test
  void shouldCountTheCollectionsOfTheWholeLifeOfTheJvm() throws IOException {
    System.gc();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      long before = collector.getCollectionCount();
      try (PluginMetrics metrics = new PluginMetrics("1.2.3")) {
        double shown =
            PrometheusText.scrape(metrics)
                .value("jvm_gc_pause_seconds_count{gc=\"" + collector.getName() + "\"}");

        assertTrue(shown >= before && shown <= collector.getCollectionCount(), shown + " after " + before);
      }
    }
  }
}
