package cloud.gardener.logging.seed;

import java.io.IOException;
import java.util.BitSet;
import java.util.Map;

/**
 * What VictoriaLogs has of numbered records, {@code seq=<number> ...}.
 *
 * @param records rows, doubled ones included
 * @param distinct numbers
 */
record Arrived(long records, long distinct) {
  static final Arrived NOTHING = new Arrived(0, 0);

  /** Reads the numbers in a query of LogsQL. */
  static final String NUMBER = " | extract \"seq=<number> \"";

  /** Counts in a query of LogsQL, behind {@code stats}; {@link #of(Map)} reads the rows. */
  static final String COUNTS = " count() as records, count_uniq(number) as distinct";

  /** Each of so many once. */
  static Arrived once(long records) {
    return new Arrived(records, records);
  }

  static Arrived of(Map<String, String> row) {
    return new Arrived(Long.parseLong(row.get("records")), Long.parseLong(row.get("distinct")));
  }

  /** Of a tenant's rows that a filter of LogsQL finds; {@code *} is all. */
  static Arrived of(VictoriaLogs victoria, int tenant, String filter)
      throws IOException, InterruptedException {
    return of(victoria.rows(tenant, filter + NUMBER + " | stats" + COUNTS).get(0));
  }

  /** The largest number; -1 for none. */
  static long largest(VictoriaLogs victoria, int tenant, String filter)
      throws IOException, InterruptedException {
    String largest =
        victoria
            .rows(tenant, filter + NUMBER + " | stats max(number) as largest")
            .get(0)
            .getOrDefault("largest", "");
    return largest.isEmpty() ? -1 : Long.parseLong(largest);
  }

  /** The numbers themselves. */
  static BitSet numbers(VictoriaLogs victoria, int tenant, String filter)
      throws IOException, InterruptedException {
    BitSet numbers = new BitSet();
    victoria
        .rows(tenant, filter + NUMBER + " | uniq by (number)")
        .forEach(row -> numbers.set(Integer.parseInt(row.get("number"))));
    return numbers;
  }

  long doubled() {
    return records - distinct;
  }
}
