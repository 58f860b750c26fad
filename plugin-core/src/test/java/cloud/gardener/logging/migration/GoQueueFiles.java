package cloud.gardener.logging.migration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files of the plugin in Go. Those in the resources were written by the real one, in Fluent Bit 5.1.1, before it was
 * killed; they hold two records that were removed, and the records 0 to 9. Others are written here, in the same form.
 */
public final class GoQueueFiles {
  /** Of the real plugin, oldest first. */
  static final List<String> REAL =
      List.of("0000000000001.dque", "0000000000002.dque", "0000000000003.dque");

  private static final byte[] DEFINITION = {9, 0x7f, 6, 1, 2, (byte) 0xff, (byte) 0x82, 0, 0, 0};

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** The content of a real file. */
  static byte[] real(String name) throws IOException {
    try (InputStream file = GoQueueFiles.class.getResourceAsStream("/migration/otlp-grpc/" + name)) {
      return file.readAllBytes();
    }
  }

  /** Copies the real files into a queue's folder. */
  public static Path copyReal(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String name : REAL) {
      Files.write(folder.resolve(name), real(name));
    }
    Files.createFile(folder.resolve("lock.lock"));
    return folder;
  }

  /** A record with this body. */
  public GoQueueFiles add(String body) {
    return json(
        "{\"timestamp\":\"2026-11-26T10:00:00.5Z\",\"observed_timestamp\":\"2026-11-26T10:00:01Z\","
            + "\"severity\":9,\"severity_text\":\"Info\",\"body\":\"" + body + "\",\"attributes\":[],"
            + "\"trace_flags\":0,\"resource\":[],\"instrumentation_scope\":{}}");
  }

  GoQueueFiles json(String json) {
    byte[] text = json.getBytes(UTF_8);
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.writeBytes(new byte[] {(byte) 0xff, (byte) 0x80, 0});
    unsigned(value, text.length);
    value.writeBytes(text);
    ByteArrayOutputStream gob = new ByteArrayOutputStream();
    gob.writeBytes(DEFINITION);
    unsigned(gob, value.size());
    gob.writeBytes(value.toByteArray());
    return item(gob.toByteArray());
  }

  GoQueueFiles item(byte[] gob) {
    return length(gob.length).raw(gob);
  }

  GoQueueFiles length(int length) {
    return raw(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array());
  }

  GoQueueFiles remove(int items) {
    return raw(new byte[4 * items]);
  }

  GoQueueFiles raw(byte[] more) {
    bytes.writeBytes(more);
    return this;
  }

  private static void unsigned(ByteArrayOutputStream out, int value) {
    if (value < 128) {
      out.write(value);
    } else {
      out.write(0xfc); // Four bytes follow.
      out.writeBytes(ByteBuffer.allocate(4).putInt(value).array());
    }
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  /** Writes the file with this number. */
  public Path write(Path folder, int number) throws IOException {
    Files.createDirectories(folder);
    return Files.write(folder.resolve(String.format("%013d.dque", number)), bytes());
  }

  /** The names in a folder, in order. */
  public static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
