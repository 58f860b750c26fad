package cloud.gardener.logging.tool.queue;

import cloud.gardener.logging.queue.QueueException;
import cloud.gardener.logging.tool.queue.StoredFiles.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code queue send}: each request once, to an OTLP/HTTP endpoint. */
@Command(
    name = "send",
    description = {
      "Sends each intact request that was not sent, once, to an OTLP/HTTP endpoint: a backend, or the input"
          + " opentelemetry of the running Fluent Bit, which passes the records to the plugin again.",
      "What waits for a running plugin is left to it.",
      "Exit code: 0 when all was sent, 1 when not."
    })
final class SendCommand extends QueueCommand.OfFiles {
  @Option(
      names = "--to",
      paramLabel = "URL",
      required = true,
      description = "The endpoint, such as http://localhost:4318/v1/logs, or its base: http://localhost:4318.")
  private String url;

  @Option(
      names = "--header",
      paramLabel = "'NAME: VALUE'",
      description = "Goes with each request; may be repeated.")
  private List<String> headers = new ArrayList<>();

  @Option(names = "--drop", description = "Deletes each file of which all was sent.")
  private boolean drop;

  private RequestSender sender;

  @Override
  void run(List<StoredFile> files) throws IOException {
    sender = new RequestSender(url, headers);
    try (Removal removal = new Removal(new LauncherFlock())) {
      for (StoredFile file : files) {
        if (file.kind() != StoredFiles.Kind.LEFTOVER) {
          send(file, removal);
        }
      }
    }
  }

  private void send(StoredFile file, Removal removal) throws IOException {
    try {
      removal.lock(file);
    } catch (QueueException e) {
      setFailed();
      out().println(file.path() + ": left to the plugin: " + e.getMessage());
      return;
    }
    SegmentReader.Content found = SegmentReader.read(file);
    boolean allSent = found.waiting() >= 0 || !found.pieces().isEmpty();
    out().println(file.path() + ":");
    for (SegmentReader.Piece piece : found.pieces()) {
      allSent &= send(piece);
    }
    if (!allSent) {
      setFailed();
    } else if (drop) {
      out().println("  " + (Removal.deleteIfUnchanged(file, found) ? "deleted" : "kept: it has changed, send it again"));
    }
  }

  /** Sends the piece if it was not sent before. Returns whether a backend has it. */
  private boolean send(SegmentReader.Piece piece) {
    if (piece.state() == SegmentReader.State.SENT && piece.isIntact()) {
      out().println("  " + piece.describe());
      return true;
    }
    String failure =
        !piece.isIntact()
            ? "damaged"
            : piece.content().isOtlp()
                ? sender.send(piece.content().payload())
                : "a chunk of Fluent Bit's, and no OTLP request";
    out().println("  " + piece.describe() + (failure == null ? "; sent now" : "; not sent: " + failure));
    return failure == null;
  }
}
