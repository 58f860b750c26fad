package cloud.gardener.logging.tool.queue;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code queue}, whose own commands do the work. */
@Command(
    name = "queue",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Lists, shows, exports, sends and drops what the plugin keeps on disk. Safe beside Fluent Bit.",
    subcommands = {
      ListCommand.class,
      ShowCommand.class,
      ExportCommand.class,
      SendCommand.class,
      DropCommand.class,
      CommandLine.HelpCommand.class
    })
public final class QueueCommand {
  /** Created by the command line. */
  public QueueCommand() {}

  /** A command for files below paths. Its exit code is 0 when all is well, 1 when not, 2 when it cannot work. */
  @Command(mixinStandardHelpOptions = true)
  abstract static class OfFiles implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(
        paramLabel = "PATH",
        arity = "1..*",
        description = "A DQueDir, the folder of an output or of a target, or a file.")
    private List<Path> paths;

    private boolean succeeded = true;

    @Override
    public Integer call() {
      try {
        run(StoredFiles.below(paths));
        return succeeded ? 0 : 1;
      } catch (NoSuchFileException e) {
        throw new ParameterException(spec.commandLine(), "there is no " + e.getMessage());
      } catch (IOException e) {
        throw new ParameterException(spec.commandLine(), "cannot read or write: " + e);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), "cannot be used: " + e.getMessage());
      }
    }

    abstract void run(List<StoredFiles.StoredFile> files) throws IOException;

    PrintWriter out() {
      return spec.commandLine().getOut();
    }

    void setFailed() {
      succeeded = false;
    }
  }
}
