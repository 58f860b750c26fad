package cloud.gardener.logging.kubernetes;

import cloud.gardener.logging.route.Coverage;
import cloud.gardener.logging.route.RoutingListener;
import cloud.gardener.logging.route.RoutingTable;
import cloud.gardener.logging.route.Shoot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Keeps the tables that a controller tells. Thread-safe. */
final class Tables implements RoutingListener {
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);

  private final List<RoutingTable> tables = new ArrayList<>();

  @Override
  public synchronized void onTableChanged(RoutingTable table) {
    tables.add(table);
    notifyAll();
  }

  synchronized int count() {
    return tables.size();
  }

  synchronized RoutingTable last() {
    return tables.get(tables.size() - 1);
  }

  /** The last table as text: each shoot with its state, and whether that is all. */
  String text() {
    return text(last());
  }

  private static String text(RoutingTable table) {
    return shoots(table) + (isComplete(table) ? " complete" : " incomplete");
  }

  private static String shoots(RoutingTable table) {
    TreeMap<String, String> shoots = new TreeMap<>();
    table.shoots().forEach((name, shoot) -> shoots.put(name, words(shoot)));
    return shoots.toString();
  }

  static boolean isComplete(RoutingTable table) {
    return table.coverage() == Coverage.CURRENT;
  }

  private static String words(Shoot shoot) {
    return shoot.state() + (shoot.testing() ? " testing" : "");
  }

  /** Waits until the last table's text is as expected. */
  void await(String text) {
    await(table -> text(table).equals(text), text);
  }

  /** The same, whether or not that is all. A watch is heard after a minute, where nothing happens. */
  void awaitShoots(String text) {
    await(table -> shoots(table).equals(text), text);
  }

  synchronized void await(Predicate<RoutingTable> condition, String what) {
    long deadlineNs = System.nanoTime() + PATIENCE_NS;
    while (tables.isEmpty() || !condition.test(last())) {
      long leftNs = deadlineNs - System.nanoTime();
      if (leftNs <= 0) {
        throw new AssertionError(
            "expected " + what + " but the last table is " + (tables.isEmpty() ? "none" : text()));
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, Math.min(leftNs, Duration.ofSeconds(1).toNanos()));
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
