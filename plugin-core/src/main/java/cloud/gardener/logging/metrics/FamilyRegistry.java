package cloud.gardener.logging.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A registry that can be read collector by collector, in the order of their registration. With hundreds of targets,
 * the snapshots of all families together do not fit in the heap; those of a single family do. No two collectors may
 * share a family. Thread-safe.
 */
final class FamilyRegistry extends PrometheusRegistry {
  private final Map<Long, Entry> entries = new ConcurrentSkipListMap<>();
  private final AtomicLong nextNumber = new AtomicLong();

  private record Entry(Object collector, Supplier<MetricSnapshots> snapshots) {}

  /** Receives the snapshots of one collector. */
  interface Reader {
    /** Reads the snapshots and must not keep them. */
    void read(MetricSnapshots snapshots) throws IOException;
  }

  /** Collects from one collector after the other; only one collector's snapshots are in memory at a time. */
  void forEach(Reader reader) throws IOException {
    for (Entry entry : entries.values()) {
      reader.read(entry.snapshots().get());
    }
  }

  @Override
  public void register(Collector collector) {
    super.register(collector);
    add(collector, () -> MetricSnapshots.of(collector.collect()));
  }

  @Override
  public void register(MultiCollector collector) {
    super.register(collector);
    add(collector, collector::collect);
  }

  private void add(Object collector, Supplier<MetricSnapshots> snapshots) {
    entries.put(nextNumber.getAndIncrement(), new Entry(collector, snapshots));
  }

  @Override
  public void unregister(Collector collector) {
    super.unregister(collector);
    remove(collector);
  }

  @Override
  public void unregister(MultiCollector collector) {
    super.unregister(collector);
    remove(collector);
  }

  private void remove(Object collector) {
    entries.values().removeIf(entry -> entry.collector() == collector);
  }

  @Override
  public void clear() {
    super.clear();
    entries.clear();
  }
}
