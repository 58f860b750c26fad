package cloud.gardener.logging.queue.segment;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads and writes happen at the position that was told, wherever the file is. */
class OpenSegmentTest {
  @TempDir Path folder;

  private Path path;

  @BeforeEach
  void write() throws IOException {
    path = folder.resolve("segment");
    Files.writeString(path, "0123456789abcdef");
  }

  private static String read(OpenSegment file, int length) throws IOException {
    byte[] bytes = new byte[length];
    file.readFully(bytes);
    return new String(bytes, US_ASCII);
  }

  private static void write(OpenSegment file, String text) throws IOException {
    file.write(text.getBytes(US_ASCII));
  }

  @Test
  void shouldReadWhereItIsToldAndElseBehindWhatWasRead() throws IOException {
    try (OpenSegment file = new OpenSegment(path)) {
      assertEquals("012", read(file, 3));
      assertEquals("345", read(file, 3));
      file.seek(6);
      assertEquals("678", read(file, 3));
      file.seek(6);
      assertEquals("678", read(file, 3));
    }
  }

  @Test
  void shouldWriteOnBehindWhatWasWritten() throws IOException {
    try (OpenSegment file = new OpenSegment(path)) {
      file.seek(2);
      write(file, "AB");
      write(file, "CD");
      file.seek(10);
      write(file, "EF");
    }
    assertEquals("01ABCD6789EFcdef", Files.readString(path));
  }

  @Test
  void shouldWriteTheHeaderAtTheBeginningAndThenGoOnBehindIt() throws IOException {
    try (OpenSegment file = new OpenSegment(path)) {
      write(file, "AB");
      file.seek(8);
      write(file, "CD");
      file.commit();
      assertEquals("23", read(file, 2));
    }
    assertEquals("AB234567CDabcdef", Files.readString(path));
  }

  @Test
  void shouldWriteWhereItIsToldAfterTheFileWasShortened() throws IOException {
    try (OpenSegment file = new OpenSegment(path)) {
      file.seek(8);
      assertEquals("89", read(file, 2));
      file.setLength(4);
      file.seek(10);
      write(file, "AB");
    }
    assertEquals("0123\0\0\0\0\0\0AB", Files.readString(path));
  }
}
