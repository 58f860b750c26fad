package cloud.gardener.logging.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code docs/tool.md} has every command of the tool and every option. */
class ToolDocTest {
  private static final Set<String> OF_EVERY_COMMAND = Set.of("help", "--help", "--version");

  @Test
  void shouldDescribeEveryCommandAndOption() throws IOException {
    String page = Files.readString(Path.of("../docs/tool.md"));

    List<String> undescribed = new ArrayList<>();
    for (String path : paths("", new CommandLine(FlbGardener.class))) {
      String word = path.substring(path.lastIndexOf(' ') + 1);
      boolean isDescribed =
          word.startsWith("--") ? page.contains(word) : page.contains("\n## " + word + "\n") || page.contains("`" + word + " ");
      if (!isDescribed) {
        undescribed.add(path);
      }
    }

    assertEquals(List.of(), undescribed);
  }

  /** Such as {@code queue}, {@code queue send} and {@code queue send --to}. */
  private static List<String> paths(String prefix, CommandLine line) {
    List<String> paths = new ArrayList<>();
    for (OptionSpec option : line.getCommandSpec().options()) {
      if (!OF_EVERY_COMMAND.contains(option.longestName())) {
        paths.add(prefix + option.longestName());
      }
    }
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              if (!OF_EVERY_COMMAND.contains(name)) {
                paths.add(prefix + name);
                paths.addAll(paths(prefix + name + " ", command));
              }
            });
    return paths;
  }
}
