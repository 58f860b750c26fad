package cloud.gardener.logging.seed;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What has come of a round.
 *
 * @param plugin its name
 * @param tally of the records
 * @param delays until records could be queried
 * @param cost of Fluent Bit
 * @param scraped what Prometheus knows
 */
record Verdict(
    String plugin,
    Arrivals.Tally tally,
    Delays delays,
    Watch.Cost cost,
    String scraped) {

  /** Records of a namespace, or of all. */
  record Count(long sent, long distinct, long records) {
    static Count of(Map.Entry<RecordSource, Arrived> entry) {
      Arrived arrived = entry.getValue();
      return new Count(entry.getKey().written(), arrived.distinct(), arrived.records());
    }

    Count plus(Count other) {
      return new Count(sent + other.sent, distinct + other.distinct, records + other.records);
    }

    long lost() {
      return sent - distinct;
    }

    long doubled() {
      return records - distinct;
    }
  }

  Count total() {
    return tally.arrived().entrySet().stream().map(Count::of).reduce(new Count(0, 0, 0), Count::plus);
  }

  /** Whether each record has come to its tenant. */
  boolean isGood() {
    return total().lost() == 0 && tally.astray() == 0;
  }

  /** Prints what arrived for each tenant; the journal goes to the seed's. */
  void print() {
    Map<String, Count> rows =
        tally.arrived().entrySet().stream()
            .collect(Collectors.toMap(entry -> row(entry.getKey()), Count::of, Count::plus, TreeMap::new));
    rows.put("total", total());
    System.out.printf("%n%s%n%-28s %9s %9s %7s %7s%n", plugin, "tenant", "sent", "arrived", "lost", "doubled");
    rows.forEach(
        (name, count) ->
            System.out.printf(
                "%-28s %9d %9d %7d %7d%n", name, count.sent, count.distinct, count.lost(), count.doubled()));
    System.out.println(scraped);
  }

  private static String row(RecordSource source) {
    String namespace = source.namespace();
    return source.pod().equals(RecordSource.JOURNAL) ? namespace + ", its journal" : namespace;
  }

  /** Prints verdicts beside each other. */
  static void compare(List<Verdict> verdicts) {
    System.out.println();
    row("", verdicts, Verdict::plugin);
    row("sent", verdicts, verdict -> verdict.total().sent);
    row("arrived", verdicts, verdict -> verdict.total().distinct);
    row("lost", verdicts, verdict -> verdict.total().lost());
    row("doubled", verdicts, verdict -> verdict.total().doubled());
    row("to a wrong tenant", verdicts, verdict -> verdict.tally().astray());
    row("delay, p50", verdicts, verdict -> "%.2f s".formatted(verdict.delays.quantileSeconds(0.5)));
    row("delay, p99", verdicts, verdict -> "%.2f s".formatted(verdict.delays.quantileSeconds(0.99)));
    row("Fluent Bit's CPU", verdicts, verdict -> "%.2f s".formatted(verdict.cost.cpuSeconds()));
    row("resident, under load", verdicts, verdict -> verdict.cost.residentMegabytes() + " MiB");
    row("resident, peak", verdicts, verdict -> verdict.cost.peakMegabytes() + " MiB");
  }

  private static void row(String name, List<Verdict> verdicts, Function<Verdict, Object> value) {
    String columns =
        verdicts.stream()
            .map(verdict -> "%18s".formatted(value.apply(verdict)))
            .collect(Collectors.joining());
    System.out.printf("%-22s%s%n", name, columns);
  }
}
