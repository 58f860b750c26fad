package cloud.gardener.logging.seed;

import java.io.IOException;
import java.util.BitSet;
import java.util.Map;

/**
 * What VictoriaLogs has of numbered records, {@code seq=<number> ...}.
 *
 * @param records rows, doubled ones included
 * @param distinct numbers
 * @param largest number; -1 for none
 */
record Arrived(long records, long distinct, long largest) {
  /** Of a tenant's rows that a filter of LogsQL finds; {@code *} is all. */
  static Arrived of(VictoriaLogs victoria, int tenant, String filter)
      throws IOException, InterruptedException {
    Map<String, String> row =
        victoria
            .rows(
                tenant,
                filter
                    + " | extract \"seq=<number> \" | stats count() as records,"
                    + " count_uniq(number) as distinct, max(number) as largest")
            .get(0);
    String largest = row.getOrDefault("largest", "");
    return new Arrived(
        Long.parseLong(row.get("records")),
        Long.parseLong(row.get("distinct")),
        largest.isEmpty() ? -1 : Long.parseLong(largest));
  }

  /** The numbers themselves. */
  static BitSet numbers(VictoriaLogs victoria, int tenant, String filter)
      throws IOException, InterruptedException {
    BitSet numbers = new BitSet();
    victoria
        .rows(tenant, filter + " | extract \"seq=<number> \" | uniq by (number)")
        .forEach(row -> numbers.set(Integer.parseInt(row.get("number"))));
    return numbers;
  }

  long doubled() {
    return records - distinct;
  }
}
