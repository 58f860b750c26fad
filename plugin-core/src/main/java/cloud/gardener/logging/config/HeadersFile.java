package cloud.gardener.logging.config;

import cloud.gardener.logging.config.syntax.BadValueException;
import cloud.gardener.logging.config.value.HeaderList;
import cloud.gardener.logging.config.value.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the file that {@code HeadersFile} names: a JSON object of strings, or lines {@code Name: value}. */
public final class HeadersFile {
  /** More than servers accept; a wrong path to a large file must not exhaust the memory. */
  private static final int MAX_BYTES = 64 * 1024;

  private HeadersFile() {}

  /**
   * Reads a file.
   *
   * @throws ConfigException with a one-line message without names and values
   */
  public static Headers read(Path file) throws ConfigException {
    try {
      return HeaderList.parseFile(readText(file));
    } catch (BadValueException e) {
      throw unusable(
          file,
          "cannot be used: " + e.getMessage()
              + "; accepted is a JSON object of strings, or lines such as Name: value");
    } catch (CharacterCodingException e) {
      throw unusable(file, "is not text in UTF-8");
    } catch (IOException e) {
      throw unusable(file, "cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static ConfigException unusable(Path file, String why) {
    String text = "HeadersFile '" + file + "': " + why;
    return new ConfigException(List.of(new ConfigException.Problem(List.of("HeadersFile"), text)));
  }

  private static String readText(Path file) throws IOException, BadValueException {
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new BadValueException("it is larger than " + MAX_BYTES + " bytes");
    }
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
