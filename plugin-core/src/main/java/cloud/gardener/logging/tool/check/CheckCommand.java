package cloud.gardener.logging.tool.check;

import cloud.gardener.logging.tool.fluentbit.ConfigFile;
import cloud.gardener.logging.tool.fluentbit.ConfigFileException;
import cloud.gardener.logging.tool.fluentbit.FluentBitConfig;
import cloud.gardener.logging.tool.fluentbit.HostVariables;
import cloud.gardener.logging.tool.fluentbit.Place;
import cloud.gardener.logging.tool.fluentbit.Section;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Checks the plugin's outputs in Fluent Bit's configuration, as the plugin does when it starts, and prints what"
          + " is in force.",
      "Exit code: 0 when there is no error, 1 when there is one."
    })
public final class CheckCommand implements Callable<Integer> {
  private static final String NO_OUTPUT = ": no output with Name " + ConfigCheck.PLUGIN;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Fluent Bit's configuration, classic or YAML, or manifests of fluent-operator (ClusterOutput, Output).")
  private List<Path> files;

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description = "A variable of the environment that Fluent Bit runs in; may be repeated.")
  private Map<String, String> variables = new HashMap<>();

  @Option(names = "--tag", paramLabel = "TAG", description = "Also says what TagExpression finds in this tag.")
  private String tag;

  @Option(
      names = "--no-files",
      description = "Looks for no certificates, plugins and the like: for a check on another machine.")
  private boolean noFiles;

  @Option(names = "--strict", description = "Exit code 1 also for warnings.")
  private boolean strict;

  private final Map<Path, Place> manifestFolders = new HashMap<>();
  private int outputs;
  private int errors;
  private int warnings;

  /** Created by the command line. */
  public CheckCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (Path file : files) {
      check(file, out);
    }
    if (outputs == 0 && errors == 0) {
      error("these manifests" + NO_OUTPUT, out);
    }
    out.println(
        plural(outputs, "output") + " checked: " + plural(errors, "error") + ", " + plural(warnings, "warning"));
    return errors > 0 || strict && warnings > 0 ? 1 : 0;
  }

  private void check(Path file, PrintWriter out) {
    try {
      HostVariables host = new HostVariables(name -> variables.getOrDefault(name, System.getenv(name)));
      FluentBitConfig config = ConfigFile.read(file, host);
      // Manifests are parts of one configuration; any other file is one by itself.
      Map<Path, Place> folders = config.isManifest() ? manifestFolders : new HashMap<>();
      ConfigCheck check = new ConfigCheck(config, !noFiles, folders);
      print("", check.checkFiles(), out);
      List<OutputCheck.Result> results = check.checkOutputs(tag);
      for (OutputCheck.Result result : results) {
        out.println(result.output().place() + ": output " + ConfigCheck.PLUGIN + alias(result.output()));
        print("  ", result.findings(), out);
      }
      outputs += results.size();
      if (results.isEmpty() && !config.isManifest()) {
        error(file + NO_OUTPUT, out);
      }
    } catch (ConfigFileException e) {
      error(e.getMessage(), out);
    }
  }

  private static String alias(Section output) {
    return output.find("alias").map(alias -> " (" + alias.value() + ")").orElse("");
  }

  private void error(String text, PrintWriter out) {
    errors++;
    out.println("error: " + text);
  }

  private void print(String indent, List<Finding> findings, PrintWriter out) {
    for (Finding finding : findings) {
      switch (finding.severity()) {
        case ERROR -> errors++;
        case WARNING -> warnings++;
        case INFO -> {
          out.println(indent + finding.text());
          continue;
        }
      }
      String severity = finding.severity().name().toLowerCase(Locale.ROOT);
      out.println(indent + severity + ": " + finding.place() + ": " + finding.text());
    }
  }

  private static String plural(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
