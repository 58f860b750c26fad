package cloud.gardener.logging.seed;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The services that a seed's plugin sends to: a collector in the garden namespace and in each shoot's, under the names
 * that Gardener's outputs spell. Each has an address of its own on the loopback device, and the same port.
 */
final class Services {
  static final String SEED = "garden";
  static final int GRPC_PORT = 4317;
  static final int HTTP_PORT = 4318;

  private static final String COLLECTOR = "opentelemetry-collector-collector.";

  private final int network;
  private final List<String> shoots;

  /** {@code network} is the second number of all addresses. */
  Services(int network, int shoots) {
    this.network = network;
    this.shoots = IntStream.rangeClosed(1, shoots).mapToObj(i -> "shoot--logging--dev-" + i).toList();
  }

  List<String> shoots() {
    return shoots;
  }

  /** The seed's namespace and those of the shoots. */
  List<String> namespaces() {
    return IntStream.rangeClosed(0, shoots.size()).mapToObj(this::namespace).toList();
  }

  private String namespace(int number) {
    return number == 0 ? SEED : shoots.get(number - 1);
  }

  /** The address of the collector in the namespace with a number. */
  String address(int number) {
    return "127." + network + "." + (number >> 8) + "." + ((number & 255) + 1);
  }

  /** A file of hosts with these names. The seed's is spelled without the cluster's domain, a shoot's with it. */
  String hosts() {
    StringBuilder text = new StringBuilder("127.0.0.1 localhost\n");
    for (int i = 0; i <= shoots.size(); i++) {
      String domain = i == 0 ? ".svc" : ".svc.cluster.local";
      text.append(address(i)).append(' ').append(COLLECTOR).append(namespace(i)).append(domain).append('\n');
    }
    return text.toString();
  }
}
