package cloud.gardener.logging.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.concurrent.TimeUnit;

/**
 * The {@code jvm_*} metrics, by Micrometer. Created for the first scrape: they only read what the JVM counts itself, and
 * the start of the plugin does not have to load their classes. Thread-safe.
 */
final class JvmMeters implements AutoCloseable {
  private final PrometheusRegistry registry;
  private PrometheusMeterRegistry meters;

  /** @param registry the registry that they are added to */
  JvmMeters(PrometheusRegistry registry) {
    this.registry = registry;
  }

  /** Adds them, unless they are there. */
  synchronized void start() {
    if (meters == null) {
      meters = Binding.bind(registry);
    }
  }

  @Override
  public synchronized void close() {
    if (meters != null) {
      meters.close();
    }
  }

  /** Apart from the class around it, because the JVM loads Micrometer to verify this one. */
  private static final class Binding {
    private Binding() {}

    static PrometheusMeterRegistry bind(PrometheusRegistry registry) {
      PrometheusMeterRegistry meters =
          new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
      new JvmInfoMetrics().bindTo(meters);
      new JvmMemoryMetrics().bindTo(meters);
      new JvmThreadMetrics().bindTo(meters);
      bindCollections(meters);
      return meters;
    }

    /**
     * The {@code jvm_gc_*} metrics, read at each scrape. Micrometer's binder listens to each collection instead, which
     * takes half as much CPU time as the collection of so small a heap.
     */
    private static void bindCollections(MeterRegistry meters) {
      for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
        FunctionTimer.builder(
                "jvm.gc.pause",
                collector,
                GarbageCollectorMXBean::getCollectionCount,
                GarbageCollectorMXBean::getCollectionTime,
                TimeUnit.MILLISECONDS)
            .tag("gc", collector.getName())
            .description("Time spent in pauses of the garbage collector")
            .register(meters);
      }
      for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
        if (isOldGeneration(pool)) {
          Gauge.builder("jvm.gc.live.data.size", pool, old -> old.getCollectionUsage().getUsed())
              .baseUnit("bytes")
              .description("Bytes in use in the old generation after its last collection")
              .register(meters);
          Gauge.builder("jvm.gc.max.data.size", pool, old -> old.getUsage().getMax())
              .baseUnit("bytes")
              .description("Limit of the old generation")
              .register(meters);
        }
      }
    }

    /** The serial collector calls it tenured; an administrator may have chosen another collector. */
    private static boolean isOldGeneration(MemoryPoolMXBean pool) {
      return pool.getName().endsWith("Tenured Gen") || pool.getName().endsWith("Old Gen");
    }
  }
}
