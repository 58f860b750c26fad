package cloud.gardener.logging.tool;

import cloud.gardener.logging.config.Version;
import cloud.gardener.logging.tool.check.CheckCommand;
import cloud.gardener.logging.tool.check.ExplainCommand;
import cloud.gardener.logging.tool.queue.QueueCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The entry point of the command-line tool. */
@Command(
    name = "flb-gardener",
    description = "The tool beside Gardener's output plugin for Fluent Bit.",
    subcommands = {CheckCommand.class, ExplainCommand.class, QueueCommand.class, CommandLine.HelpCommand.class},
    mixinStandardHelpOptions = true,
    versionProvider = FlbGardener.PluginVersion.class,
    synopsisSubcommandLabel = "COMMAND")
public final class FlbGardener {
  private FlbGardener() {}

  /** The plugin's version. */
  static final class PluginVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"flb-gardener " + Version.current()};
    }
  }

  /** Runs a command and exits: with 0 when all is well, 1 when not, 2 when the arguments are wrong. */
  public static void main(String[] args) {
    Logger.getLogger("").setLevel(Level.OFF); // Each command prints its own messages.
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = run(out, err, args);
    out.flush();
    System.exit(code);
  }

  static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = new CommandLine(new FlbGardener()).setOut(out).setErr(err);
    line.setUsageHelpAutoWidth(false).setExecutionExceptionHandler(FlbGardener::reportDefect);
    return line.execute(args);
  }

  /** The commands report a user's error in one line. Any other exception is a defect, and is printed with its stack trace. */
  private static int reportDefect(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
    line.getErr().println("flb-gardener: a defect, please report it: " + failure);
    failure.printStackTrace(line.getErr());
    return CommandLine.ExitCode.SOFTWARE;
  }
}
