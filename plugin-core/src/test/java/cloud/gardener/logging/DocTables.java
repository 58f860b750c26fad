package cloud.gardener.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The tables of a page in docs/ that a test holds against the code, and writes anew with {@code
 * -Dupdate.docs=true}. They stand between two comments; everything else in the page is written by hand.
 */
public final class DocTables {
  private final Path page;
  private final String begin;
  private final String end;

  /** The tables between the comments {@code <name>: begin} and {@code <name>: end} of docs/{@code page}. */
  public DocTables(String page, String name) {
    this.page = Path.of(System.getProperty("basedir", ".")).resolve("../docs").resolve(page);
    this.begin = "<!-- " + name + ": begin -->\n";
    this.end = "<!-- " + name + ": end -->\n";
  }

  /** The whole page. */
  public String text() throws IOException {
    return Files.readString(page);
  }

  /** Checks that the page has these tables; {@code test} is who writes them. */
  public void check(String tables, Class<?> test) throws IOException {
    String text = text();
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end);
    if (Boolean.getBoolean("update.docs")) {
      Files.writeString(page, text.substring(0, from) + tables + text.substring(to));
      return;
    }
    assertEquals(
        tables,
        text.substring(from, to),
        page.getFileName()
            + " differs from the code; to write its tables anew: mvn -pl plugin-core test -Dtest="
            + test.getSimpleName()
            + " -Dupdate.docs=true");
  }
}
