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
 * A registry that can be read collector by collector, in the order of their registration. With hundreds of targets the
 * snapshots of all families together are larger than the heap has room for; those of one family are not. No two
 * collectors may have a family in common. Thread-safe.
 */
final class FamilyRegistry extends PrometheusRegistry {
  private final Map<Long, Entry> entries = new ConcurrentSkipListMap<>();
  private final AtomicLong nextNumber = new AtomicLong();

  private record Entry(Object collector, Supplier<MetricSnapshots> snapshots) {}

  /** Takes what one collector has. */
  interface Reader {
    /** The snapshots are garbage when this returns. */
    void read(MetricSnapshots snapshots) throws IOException;
  }

  /** Collects from one collector after the other; at most the snapshots of one are alive. */
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
