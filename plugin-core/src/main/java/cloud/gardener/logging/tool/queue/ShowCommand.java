package cloud.gardener.logging.tool.queue;

import cloud.gardener.logging.export.http.OtlpJson;
import cloud.gardener.logging.tool.queue.StoredFiles.StoredFile;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code queue show}: one line for each entry, or for each record. */
@Command(
    name = "show",
    description = {
      "Prints each entry: whether it waits, its records, their time, and why it is a dead letter.",
      "Exit code: 0 when all is intact, 1 when something is damaged."
    })
final class ShowCommand extends QueueCommand.OfFiles {
  @Option(
      names = "--content",
      description = "Prints each record that was not sent as a line of OTLP JSON, and nothing else.")
  private boolean printsContent;

  @Override
  void run(List<StoredFile> files) throws IOException {
    for (StoredFile file : files) {
      if (file.kind() == StoredFiles.Kind.LEFTOVER) {
        continue;
      }
      try {
        show(file, SegmentReader.read(file));
      } catch (FileNotFoundException e) {
        // The plugin has just sent what was in it.
      }
    }
  }

  private void show(StoredFile file, SegmentReader.Content found) throws IOException {
    if (!found.isIntact()) {
      setFailed();
    }
    if (printsContent) {
      for (SegmentReader.Piece piece : found.pieces()) {
        if (piece.isIntact() && piece.state() != SegmentReader.State.SENT && piece.content().isOtlp()) {
          out().print(json(piece.content().payload()));
        }
      }
      return;
    }
    out().println(
        file.path() + ": "
            + (found.waiting() < 0 ? "its header is damaged" : found.waiting() + " entries wait"));
    found.pieces().forEach(piece -> out().println("  " + piece.describe()));
  }

  /** The records of a request, one line each. */
  static String json(byte[] request) throws IOException {
    try {
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      OtlpJson.writeLines(ExportLogsServiceRequest.parseFrom(request), lines);
      return lines.toString(StandardCharsets.UTF_8);
    } catch (InvalidProtocolBufferException e) {
      throw new IOException("an entry is no OTLP request: " + e.getMessage());
    }
  }
}
