package cloud.gardener.logging.tool.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a misspelt name most likely means. */
final class NearestName {
  private NearestName() {}

  /** The name with the fewest different letters, if these are few. Ignores case, underscores and dots. */
  static Optional<String> of(String misspelt, Collection<String> names) {
    String wanted = letters(misspelt);
    int most = Math.max(1, wanted.length() / 4);
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(wanted, letters(name))))
        .filter(name -> distance(wanted, letters(name)) <= most);
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[_.-]", "");
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
