package cloud.gardener.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each relative link of a page leads to a file, and to a heading in it. */
class DocLinksTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```$");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]*)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String folder : List.of("", "docs", "native", "charts/fluent-bit-output-plugin")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
        files.filter(each -> each.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    assertTrue(pages.size() > 15, pages::toString);
    return pages;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void shouldLinkToWhatThereIs(Path page) throws IOException {
    List<String> broken = new ArrayList<>();
    for (String link : links(page)) {
      String file = link.replaceFirst("#.*", "");
      Path target = file.isEmpty() ? page : page.resolveSibling(file);
      String anchor = link.substring(file.length());
      if (!Files.exists(target) || !anchor.isEmpty() && !anchors(target).contains(anchor)) {
        broken.add(link);
      }
    }

    assertEquals(List.of(), broken);
  }

  private static List<String> links(Path page) throws IOException {
    return LINK.matcher(text(page)).results()
        .map(link -> link.group(1))
        .filter(link -> !link.matches("[a-z]+:.*"))
        .collect(Collectors.toList());
  }

  /** Those that GitHub makes of headings. */
  private static Set<String> anchors(Path page) throws IOException {
    Set<String> anchors = new HashSet<>();
    for (MatchResult heading : HEADING.matcher(text(page)).results().toList()) {
      String name =
          heading.group(1)
              .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N} _-]", "")
              .replace(' ', '-');
      String anchor = "#" + name;
      for (int i = 1; !anchors.add(anchor); i++) {
        anchor = "#" + name + "-" + i;
      }
    }
    return anchors;
  }

  private static String text(Path page) throws IOException {
    return CODE_BLOCK.matcher(Files.readString(page)).replaceAll("");
  }
}
