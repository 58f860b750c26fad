package cloud.gardener.logging.tool.fluentbit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The classic format, as Fluent Bit 5.1 reads it: each refusal was seen with its --dry-run. */
class ClassicFormatTest {
  @TempDir Path folder;

  private FluentBitConfig read(String text) throws IOException, ConfigFileException {
    Path file = Files.writeString(folder.resolve("fluent-bit.conf"), text);
    return ConfigFile.read(file, new HostVariables(Map.of("HOME_NAME", "of-the-environment")::get));
  }

  private static String keys(Section section) {
    return section.properties().stream()
        .map(property -> property.key() + "=" + property.value() + "@" + property.place().line())
        .toList()
        .toString();
  }

  private static List<Section> outputs(FluentBitConfig config) {
    return config.sections(Section.Kind.OUTPUT).toList();
  }

  @Test
  void shouldReadKeysUpToTheFirstSpaceAndTrimTheirValues() throws Exception {
    FluentBitConfig config =
        read("# comment\n\n[SERVICE]\n  Flush 1\n[OUTPUT]\n  # comment\n  Name   gardener  \r\n  Origin a  b\n");
    assertEquals("[Name=gardener@7, Origin=a  b@8]", keys(outputs(config).get(0)));
    assertEquals("fluent-bit.conf:5", folder.relativize(Path.of(outputs(config).get(0).place().toString())).toString());
    assertEquals(1, config.sections(Section.Kind.SERVICE).count());
  }

  @Test
  void shouldTakeTheBeginningOfASectionsName() throws Exception {
    assertEquals(3, outputs(read("[OUT]\n  a b\n[Outputs]\n  a b\n[output]\n  a b\n[outputx]\n  a b\n")).size());
  }

  @Test
  void shouldIncludeFilesAndPatterns() throws Exception {
    Files.createDirectories(folder.resolve("more/deep"));
    Files.writeString(folder.resolve("one.conf"), "[OUTPUT]\n\tName one\n");
    Files.writeString(folder.resolve("more/b.conf"), "[OUTPUT]\n    Name b\n");
    Files.writeString(folder.resolve("more/a.conf"), "[OUTPUT]\n    Name a\n");
    Files.writeString(folder.resolve("more/deep/c.conf"), "[OUTPUT]\n    Name c\n");
    FluentBitConfig config = read("@include one.conf\n@INCLUDE more/*.conf\n[OUTPUT]\n  Name last\n");
    assertEquals(
        List.of("[Name=one@2]", "[Name=a@2]", "[Name=b@2]", "[Name=last@4]"),
        outputs(config).stream().map(ClassicFormatTest::keys).toList());
  }

  @Test
  void shouldSetVariables() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "of-the-file\n");
    FluentBitConfig config = read("@SET A=of-the-configuration\n@SET B=file://" + secret + "\n[OUTPUT]\n  a b\n");
    assertEquals(
        "of-the-configuration of-the-file of-the-environment",
        config.variables().expand("${A} ${B} ${HOME_NAME}"));
  }

  @Test
  void shouldLeaveTheKeysOfAGroupOut() throws Exception {
    FluentBitConfig config = read("[OUTPUT]\n  Name a\n  [ group]\n    b c\n  d e\n");
    assertEquals("[Name=a@2, d=e@5]", keys(outputs(config).get(0)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [OUTPUT]~  Name a~   Match *     | 3: another indentation than the first key of the file
          [OUTPUT]~  Name a~ ~  Match *    | 3: another indentation than the first key of the file
          [OUTPUT]~  Name a~   ~  Match *  | 3: a line of blanks that are not the indentation
          [OUTPUT]~Name a                  | 2: keys must be indented
          [OUTPUT]~ Name a~\tMatch *       | 3: another indentation
          [OUTPUT]~  Match#*               | 2: a key without a value: a space, not a tab, separates them
          [OUTPUT]~  Match                 | 2: a key without a value
          [OUTPUT]~  [group]               | 2: a key without a value
          [OUTPUT]~  Match   ~             | 2: the key Match has an empty value
          @INCLUDE nothing.conf            | 1: there is no file to include
          @INCLUDE nothing*.conf           | 1: no file to include matches
          @SET                             | 1: a command without a value
          ~  Name a                        | 2: a key outside of a section
          [OUTPUT                          | 1: a section without ]
          @INCLUDE fluent-bit.conf         |  Fluent Bit does not read a file twice
          """)
  void shouldRefuseWhatFluentBitRefuses(String text, String expected) {
    String content = text.replace('~', '\n').replace('#', '\t');
    ConfigFileException refused = assertThrows(ConfigFileException.class, () -> read(content));
    String message = refused.getMessage().substring(folder.resolve("fluent-bit.conf").toString().length() + 1);
    assertTrue(message.strip().startsWith(expected), message);
  }

  @Test
  void shouldNameAFileThatIsNotThere() {
    ConfigFileException refused =
        assertThrows(
            ConfigFileException.class,
            () -> ConfigFile.read(Path.of("nothing.conf"), new HostVariables(name -> null)));
    assertEquals("nothing.conf: there is no such file, or it cannot be read", refused.getMessage());
  }
}
