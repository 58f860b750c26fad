package cloud.gardener.logging.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One scrape in Prometheus' text format 0.0.4, read strictly: what a reader may refuse is an {@link AssertionError}.
 */
public final class PrometheusText {
  private static final Pattern COMMENT =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\",?");

  private final Map<String, String> types = new TreeMap<>();
  private final Map<String, Double> samples = new LinkedHashMap<>();
  private final Map<String, Set<String>> labelNames = new TreeMap<>();
  private final Set<String> closedFamilies = new TreeSet<>();
  private String family = "";

  private PrometheusText(String text) {
    check(text.endsWith("\n"), "the last line ends");
    text.lines().forEach(this::parseLine);
    types.forEach((name, type) -> {
      if (type.equals("histogram")) {
        checkHistogram(name);
      }
    });
  }

  public static PrometheusText parse(String text) {
    return new PrometheusText(text);
  }

  static PrometheusText scrape(PluginMetrics metrics) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    metrics.write(out, PluginMetrics.contentType(null));
    return parse(out.toString(UTF_8));
  }

  /** The value of a series as it is written, such as {@code name{label="value"}}. */
  public double value(String series) {
    Double value = samples.get(series);
    check(value != null, "there is " + series);
    return value;
  }

  boolean hasSeries(String series) {
    return samples.containsKey(series);
  }

  /** Every series that mentions the text. */
  Set<String> seriesContaining(String text) {
    Set<String> found = new LinkedHashSet<>(samples.keySet());
    found.removeIf(series -> !series.contains(text));
    return found;
  }

  /** The type by family. */
  Map<String, String> types() {
    return types;
  }

  /** The names of the labels that a family's samples have, but for {@code le}. */
  Set<String> labelNames(String name) {
    return labelNames.getOrDefault(name, Set.of());
  }

  private void parseLine(String line) {
    Matcher comment = COMMENT.matcher(line);
    if (comment.matches()) {
      beginFamily(comment.group(2));
      if (comment.group(1).equals("TYPE")) {
        check(types.put(comment.group(2), comment.group(3)) == null, "one TYPE: " + line);
      }
      return;
    }
    Matcher sample = SAMPLE.matcher(line);
    check(sample.matches(), "a sample: " + line);
    String name = sample.group(1);
    check(name.equals(family) || isSampleOf(name), "the sample is of " + family + ": " + line);
    check(types.containsKey(family), "TYPE before the sample: " + line);
    parseLabels(sample.group(2), line);
    String series = line.substring(0, line.lastIndexOf(' '));
    check(samples.put(series, parseNumber(sample.group(3))) == null, "each series once: " + line);
  }

  private static double parseNumber(String text) {
    try {
      return Double.parseDouble(text.replace("Inf", "Infinity"));
    } catch (NumberFormatException e) {
      throw new AssertionError("expected a number: " + text, e);
    }
  }

  private void beginFamily(String name) {
    if (!name.equals(family)) {
      check(closedFamilies.add(family), "the lines of a family stand together: " + family);
      check(!closedFamilies.contains(name), "the lines of a family stand together: " + name);
      family = name;
    }
  }

  private boolean isSampleOf(String name) {
    boolean histogram = "histogram".equals(types.get(family));
    boolean summary = "summary".equals(types.get(family));
    return (histogram && name.equals(family + "_bucket"))
        || ((histogram || summary) && (name.equals(family + "_sum") || name.equals(family + "_count")));
  }

  private void parseLabels(String text, String line) {
    Set<String> names = new LinkedHashSet<>();
    int end = 0;
    if (text != null) {
      Matcher label = LABEL.matcher(text);
      while (label.find() && label.start() == end) {
        check(names.add(label.group(1)), "each label once: " + line);
        end = label.end();
      }
      check(end == text.length(), "labels: " + line);
    }
    names.remove("le");
    Set<String> before = labelNames.putIfAbsent(family, names);
    check(before == null || before.equals(names), "the same labels in the whole family: " + line);
  }

  /** Buckets do not shrink, and the last one is the count. */
  private void checkHistogram(String name) {
    Map<String, Double> last = new TreeMap<>();
    samples.forEach((series, value) -> {
      if (series.startsWith(name + "_bucket{")) {
        String owner = series.replaceFirst("_bucket", "").replaceFirst(",?le=\"[^\"]*\"", "").replace("{}", "");
        Double before = last.put(owner, value);
        check(before == null || before <= value, "buckets that do not shrink: " + series);
        if (series.contains("le=\"+Inf\"")) {
          String count = owner.replaceFirst("^" + name, name + "_count");
          check(value.equals(samples.get(count)), "the last bucket is the count: " + count);
        }
      }
    });
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("expected " + what);
    }
  }
}
