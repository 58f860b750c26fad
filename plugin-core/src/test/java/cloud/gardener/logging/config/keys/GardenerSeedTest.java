package cloud.gardener.logging.config.keys;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link GardenerSeed} stands word for word in all our examples. */
class GardenerSeedTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir", ".")).resolve("..");

  @Test
  void shouldNameOnlyExistingSettings() {
    List<String> known =
        ConfigKeys.all().flatMap(key -> key.spellings().stream()).toList();
    List<String> ofFluentBit = List.of("Name", "Match", "Retry_Limit");

    for (String output : List.of(GardenerSeed.SYSTEMD, GardenerSeed.KUBERNETES)) {
      output
          .lines()
          .map(line -> line.split(" ")[0])
          .forEach(name -> assertTrue(known.contains(name) || ofFluentBit.contains(name), name));
    }
  }

  @Test
  void shouldMatchTheExampleConfigurationAndTheChartValues() throws IOException {
    String both =
        "[OUTPUT]\n" + GardenerSeed.SYSTEMD + "\n[OUTPUT]\n" + GardenerSeed.KUBERNETES + "\n";
    for (String file :
        List.of(
            "docs/examples/gardener-seed.conf",
            "charts/fluent-bit-output-plugin/examples/gardener-seed.yaml")) {
      String text = Files.readString(ROOT.resolve(file)).replaceAll("(?m)^ +", "") + "\n";

      assertTrue(text.contains(both), file);
    }
  }
}
