package cloud.gardener.logging.tool.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The tool accepts every configuration that a page shows, without a warning. */
class DocConfigTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```$");

  /** What a part of a section needs beside it. */
  private static final Map<String, String> SECTION =
      new TreeMap<>(
          Map.of(
              "Name", "gardener",
              "Match", "kubernetes.*",
              "Retry_Limit", "no_limits",
              "SeedType", "otlp_grpc",
              "Endpoint", "collector.example.com:4317"));

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> shouldAcceptEachConfigurationOfAPage() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path page : pages()) {
      String text = Files.readString(page);
      for (MatchResult block : BLOCK.matcher(text).results().toList()) {
        String place = page.getFileName() + ":" + text.substring(0, block.start()).lines().count();
        String content = block.group(2).stripTrailing().stripIndent() + "\n";
        if (content.contains("kind: ClusterOutput")) {
          tests.add(DynamicTest.dynamicTest(place, () -> check("outputs.yaml", content)));
        } else if (block.group(1).equals("ini") || content.contains("[OUTPUT]")) {
          tests.add(DynamicTest.dynamicTest(place, () -> check("fluent-bit.conf", completed(content))));
        }
      }
    }
    assertTrue(tests.size() > 10, tests::toString);
    return tests.stream();
  }

  @Test
  void shouldAcceptEachExample() throws IOException {
    try (Stream<Path> examples = Files.list(ROOT.resolve("docs/examples"))) {
      for (Path example : examples.filter(Files::isRegularFile).toList()) {
        // The outputs of a seed are those of Gardener, whose Retry_Limit gives up.
        boolean isGardeners = example.getFileName().toString().startsWith("gardener-");
        run(example, isGardeners ? List.of() : List.of("--strict"));
      }
    }
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(Stream.of(ROOT.resolve("README.md")), pages.sorted())
          .filter(each -> each.toString().endsWith(".md"))
          .toList();
    }
  }

  /** A block without a section's head is a part of one. */
  private static String completed(String block) {
    if (block.contains("[OUTPUT]")) {
      return block;
    }
    StringBuilder section = new StringBuilder("[OUTPUT]\n").append(block.indent(4));
    String lower = block.toLowerCase(Locale.ROOT);
    SECTION.forEach(
        (key, value) -> {
          if (lower.lines().noneMatch(line -> line.strip().startsWith(key.toLowerCase(Locale.ROOT) + " "))) {
            section.append("    ").append(key).append(' ').append(value).append('\n');
          }
        });
    return section.toString();
  }

  private void check(String name, String content) throws IOException {
    run(Files.writeString(folder.resolve(name), content), List.of("--strict"));
  }

  private static void run(Path file, List<String> options) {
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(List.of("--no-files", file.toString()));
    for (String variable :
        List.of(
            "NODE_NAME=n",
            "DEMO_LOGS=/logs",
            "DEMO_LOG=/logs/pod.log",
            "DEMO_TYPE=stdout",
            "DEMO_ENDPOINT=localhost:4317",
            "DEMO_PORT=4317",
            "DEMO_METRICS_PORT=0",
            "DEMO_QUEUES=/queues")) {
      arguments.addAll(List.of("--env", variable));
    }
    StringWriter out = new StringWriter();
    int exit =
        new CommandLine(new CheckCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out))
            .execute(arguments.toArray(String[]::new));

    assertEquals(0, exit, out::toString);
  }
}
