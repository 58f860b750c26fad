package cloud.gardener.logging.seed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the node's things are: in namespaces of its own a node has its own /var, names and ports, outside of them
 * only a folder.
 *
 * @param isOwn whether it has namespaces of its own
 * @param folder for what is no part of a node
 * @param var what is /var on a node
 * @param fluentBitPort where Fluent Bit's own metrics are
 * @param metricsPort where the plugin's metrics are
 */
record Node(boolean isOwn, Path folder, Path var, int fluentBitPort, int metricsPort) {
  static final String NAME = "node-1";

  static Node own(Path folder) {
    return new Node(true, folder, Path.of("/var"), 2020, 2021);
  }

  static Node in(Path folder) throws IOException {
    return new Node(false, folder, folder.resolve("var"), Ports.free(), Ports.free());
  }

  Path log() {
    return var.resolve("log");
  }

  /** What Fluent Bit and the plugin keep. */
  Path state() {
    return var.resolve("fluentbit");
  }

  Path hosts() {
    return folder.resolve("hosts");
  }

  /** What Fluent Bit has in its environment. Without a node's namespaces the JVM alone knows the services' names. */
  Map<String, String> environment() {
    return isOwn
        ? Map.of("NODE_NAME", NAME)
        : Map.of("NODE_NAME", NAME, "GARDENER_PLUGIN_JAVA_OPTS", "-Djdk.net.hosts.file=" + hosts());
  }

  /** A configuration for a node, with the places and ports of this one. */
  String placed(String configuration) {
    return isOwn
        ? configuration
        : configuration.replace("/var/", var + "/").replace(" 2020\n", " " + fluentBitPort + "\n");
  }
}
