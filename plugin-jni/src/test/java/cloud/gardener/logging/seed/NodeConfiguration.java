package cloud.gardener.logging.seed;

import cloud.gardener.logging.config.keys.GardenerSeed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration of a node's Fluent Bit: Gardener's inputs and filters, and its two outputs word for word. */
final class NodeConfiguration {
  private NodeConfiguration() {}

  /**
   * Writes it, and returns the file.
   *
   * @param bundled whether the bundled host reads it, which has no parsers, filters and journal
   */
  static Path write(Node node, int flushSeconds, boolean bundled) throws IOException {
    Path config = Files.createDirectories(node.folder().resolve("config"));
    for (String name : new String[] {"parsers.conf", "filters.lua"}) {
      Files.writeString(config.resolve(name), resource(name));
    }
    String before =
        resource(bundled ? "flb-host.conf" : "fluent-bit.conf")
            .replace("@FLUSH@", Integer.toString(flushSeconds))
            .replace("@CONFIG@", config.toString());
    String text = before + output(node, GardenerSeed.SYSTEMD) + output(node, GardenerSeed.KUBERNETES);
    return Files.writeString(config.resolve("fluent-bit.conf"), node.placed(text));
  }

  private static String output(Node node, String keys) {
    String own =
        node.isOwn()
            ? ""
            : "MetricsPort " + node.metricsPort() + "\nTagPrefix kubernetes\\..*\\.var\\.log\\.containers\n";
    return "[OUTPUT]\n" + (keys + own).indent(4) + "\n";
  }

  private static String resource(String name) {
    try (InputStream resource = NodeConfiguration.class.getResourceAsStream("/seed/" + name)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
