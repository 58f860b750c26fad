package cloud.gardener.logging.seed;

import cloud.gardener.logging.e2e.Distribution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A seed in a box, inside its namespaces where it has some. Ends with 0 when everything has arrived, and with 1 when
 * something was lost or went astray. It stops when its standard input ends.
 *
 * @param services names and addresses
 * @param logs where all records go
 * @param access how the plugin reaches the API server
 */
record SeedRun(
    SeedParameters parameters, Node node, Services services, VictoriaLogs logs, Map<String, String> access) {
  private static final int STOPPED = 130;

  private static volatile boolean stopping;

  /** Of a shoot that is ready. */
  private static final String READY =
      """
      {"apiVersion":"core.gardener.cloud/v1beta1","kind":"Shoot","metadata":{"name":"%s","namespace":"garden-logging"},\
      "spec":{"purpose":"development","hibernation":{"enabled":false}},\
      "status":{"lastOperation":{"type":"Reconcile","state":"Succeeded","progress":100}}}""";

  /** Arguments: a folder, the second number of all addresses, and {@code own} for a node of its own. */
  public static void main(String[] arguments) {
    stopWithInput(Thread.currentThread());
    int exitCode;
    try {
      Path folder = Path.of(arguments[0]);
      Node node = arguments.length > 2 && arguments[2].equals("own") ? Node.own(folder) : Node.in(folder);
      exitCode = run(SeedParameters.of(System.getenv()), node, Integer.parseInt(arguments[1]));
    } catch (InterruptedException | IOException | RuntimeException | AssertionError e) {
      exitCode = 2;
      if (!stopping) {
        System.err.println("seed: " + e.getMessage());
      }
    }
    if (stopping) {
      System.out.println("stopped");
      exitCode = STOPPED;
    }
    System.exit(exitCode);
  }

  private static void stopWithInput(Thread main) {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // It says nothing.
                }
              } catch (IOException e) {
                // Gone is gone.
              }
              stopping = true;
              main.interrupt();
            },
            "stop");
    watch.setDaemon(true);
    watch.start();
  }

  private static int run(SeedParameters parameters, Node node, int network)
      throws IOException, InterruptedException {
    Services services = new Services(network, parameters.clusters());
    try (SeedApiServer apiServer = SeedApiServer.start(node.folder().resolve("kubernetes"));
        VictoriaLogs logs = VictoriaLogs.start(node.folder().resolve("victoria-logs"))) {
      for (String shoot : services.shoots()) {
        apiServer.admin().create(shoot, READY.formatted(shoot));
      }
      return new SeedRun(parameters, node, services, logs, apiServer.kubeconfig(apiServer.port()))
          .rounds();
    }
  }

  private int rounds() throws IOException, InterruptedException {
    List<Verdict> verdicts = new ArrayList<>();
    verdicts.add(round(0, "this plugin", Distribution.plugin()));
    if (parameters.goPlugin().isPresent()) {
      verdicts.add(round(1, "the plugin in Go", parameters.goPlugin().get()));
    }
    Verdict.compare(verdicts);
    return verdicts.get(0).isGood() ? 0 : 1;
  }

  private Verdict round(int number, String name, Path library) throws IOException, InterruptedException {
    Verdict verdict = new Round(this, number, name, library).run();
    verdict.print();
    return verdict;
  }

  boolean hasPrometheus() {
    return Programs.find(Prometheus.PROGRAM).isPresent();
  }

  /** The bundled host reads none. */
  boolean hasJournal() {
    return Distribution.hostKind() == Distribution.HostKind.FLUENT_BIT && Journal.program().isPresent();
  }
}
