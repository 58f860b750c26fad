package cloud.gardener.logging.tool.check;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.value.Addresses;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.route.Route;
import cloud.gardener.logging.tool.fluentbit.ConfigFile;
import cloud.gardener.logging.tool.fluentbit.ConfigFileException;
import cloud.gardener.logging.tool.fluentbit.FluentBitConfig;
import cloud.gardener.logging.tool.fluentbit.HostVariables;
import cloud.gardener.logging.tool.fluentbit.Section;
import cloud.gardener.logging.tool.fluentbit.TagPattern;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Says where each output of the plugin sends a record, and why.",
      "Exit code: 0, or 1 when an output cannot start."
    })
public final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Fluent Bit's configuration, or manifests of fluent-operator.")
  private Path file;

  @Option(names = "--tag", paramLabel = "TAG", required = true, description = "Fluent Bit's tag of the record.")
  private String tag;

  @Option(
      names = "--namespace",
      paramLabel = "NAMESPACE",
      description = "What the record has at DynamicHostPath. Without it, the record has no Kubernetes metadata.")
  private String namespace = "";

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description =
          "What the API server says of the namespace: a shoot in state creation, ready, hibernating, hibernated, waking,"
              + " deletion, deleted, restore or migration, one of purpose testing, none (there is no shoot), or unknown"
              + " (it has not answered yet). Without it: a line for each.")
  private String state;

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description = "A variable of the environment that Fluent Bit runs in; may be repeated.")
  private Map<String, String> variables = new HashMap<>();

  private boolean allCanStart = true;

  /** Created by the command line. */
  public ExplainCommand() {}

  @Override
  public Integer call() {
    List<ShootKnowledge> wanted =
        ShootKnowledge.all().stream()
            .filter(each -> state == null || each.word().equals(state.toLowerCase(Locale.ROOT)))
            .toList();
    if (wanted.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--state " + state + ": accepted is one of "
              + String.join(", ", ShootKnowledge.all().stream().map(ShootKnowledge::word).toList()));
    }
    PrintWriter out = spec.commandLine().getOut();
    try {
      HostVariables host = new HostVariables(name -> variables.getOrDefault(name, System.getenv(name)));
      FluentBitConfig config = ConfigFile.read(file, host);
      List<Section> outputs = config.outputs(ConfigCheck.PLUGIN);
      if (outputs.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(), file + ": no output with Name " + ConfigCheck.PLUGIN);
      }
      for (Section output : outputs) {
        explain(output, host, wanted, out);
      }
    } catch (ConfigFileException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    return allCanStart ? 0 : 1;
  }

  private void explain(Section output, HostVariables host, List<ShootKnowledge> wanted, PrintWriter out)
      throws ConfigFileException {
    Optional<TagPattern> pattern = TagPattern.of(output, host);
    out.println(output.place() + ": output " + ConfigCheck.PLUGIN + pattern.map(match -> ", " + match).orElse(""));
    PluginConfig config = OutputCheck.check(output, host, false).config();
    if (config == null) {
      allCanStart = false;
      out.println("  cannot start: see flb-gardener check");
    } else if (pattern.isEmpty() || !pattern.get().matches(tag)) {
      out.println("  does not get the record: the tag does not match");
    } else {
      RecordRoute route = new RecordRoute(config, tag, namespace);
      printRoutes(route, wanted, out);
      printTargets(config, route.namespace(), out);
    }
  }

  private static void printRoutes(RecordRoute record, List<ShootKnowledge> wanted, PrintWriter out) {
    Map<String, Route> routes = new LinkedHashMap<>();
    wanted.forEach(knowledge -> routes.put(knowledge.word(), record.route(knowledge)));
    String who = record.namespace().isEmpty() ? "" : "namespace " + record.namespace() + ", ";
    if (routes.values().stream().distinct().count() == 1) {
      out.println("  " + who + routes.values().iterator().next().explanation());
      return;
    }
    routes.forEach((word, route) -> out.println("  " + who + word + ": " + route.explanation()));
  }

  private static void printTargets(PluginConfig config, String namespace, PrintWriter out) {
    TargetType seed = config.seedType();
    out.println("  the seed: " + target(seed, config.endpoint().seedEndpoint(seed).redacted(), config, "seed"));
    if (!config.dynamicHost().path().isEmpty() && !namespace.isEmpty()) {
      TargetType shoot = config.shootType();
      String endpoint = config.dynamicHost().endpoint().prefix() + namespace + config.dynamicHost().endpoint().suffix();
      out.println("  the shoot: " + target(shoot, Addresses.redact(endpoint), config, "shoot." + namespace));
    }
  }

  private static String target(TargetType type, String endpoint, PluginConfig config, String queue) {
    String word = type.name().toLowerCase(Locale.ROOT);
    Path folder = config.queue().dir().resolve(config.queue().name()).resolve(queue);
    return switch (type) {
      case NOOP -> "noop, the record is dropped";
      case STDOUT -> word + ", queue " + folder;
      case OTLP_GRPC, OTLP_HTTP ->
          word + " " + endpoint + (config.sdkBatch().enabled() ? ", no queue" : ", queue " + folder);
    };
  }
}
