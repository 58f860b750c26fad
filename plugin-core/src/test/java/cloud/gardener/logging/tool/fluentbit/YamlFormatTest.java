package cloud.gardener.logging.tool.fluentbit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** YAML: Fluent Bit's own, and manifests. */
class YamlFormatTest {
  @TempDir Path folder;

  private FluentBitConfig read(String text) throws IOException, ConfigFileException {
    Path file = Files.writeString(folder.resolve("fluent-bit.yaml"), text);
    return ConfigFile.read(file, new HostVariables(name -> null));
  }

  private static List<String> outputs(FluentBitConfig config) {
    return config.sections(Section.Kind.OUTPUT)
        .map(
            output ->
                output.place().line() + ": "
                    + output.properties().stream()
                        .map(property -> property.key() + "=" + property.value() + "@" + property.place().line())
                        .toList())
        .toList();
  }

  @Test
  void shouldReadOutputsWithTheKeysThatPluginsSee() throws Exception {
    FluentBitConfig config =
        read(
            """
            env:
              NODE: n1
            service:
              flush: 1
            pipeline:
              inputs:
                - name: tail
              outputs:
                - name: gardener
                  match: '*'
                  seedType: otlp_grpc
                  dque_dir: /d
                  DQueName: n
                  insecure: true
                  headers:
                    - a
                    - b
                  processors:
                    logs:
                      - name: x
            """);
    assertEquals(
        List.of(
            "9: [name=gardener@9, match=*@10, seed_type=otlp_grpc@11, dque_dir=/d@12, DQueName=n@13,"
                + " insecure=true@14, headers=a@15, headers=b@15]"),
        outputs(config));
    assertEquals("n1", config.variables().expand("${NODE}"));
  }

  @Test
  void shouldIncludeFilesBesideTheOneThatNamesThem() throws Exception {
    Files.createDirectories(folder.resolve("sub"));
    Files.writeString(folder.resolve("sub/a.yaml"), "includes:\n  - b.yaml\n");
    Files.writeString(folder.resolve("sub/b.yaml"), "pipeline:\n  outputs:\n    - name: b\n");
    assertEquals(List.of("3: [name=b@3]"), outputs(read("includes:\n  - sub/a.yaml\n")));
  }

  @Test
  void shouldReadVariablesAsAList() throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), "word\n");
    FluentBitConfig config =
        read("env:\n  - name: A\n    value: 1\n  - name: B\n    uri: file://" + file + "\n");
    assertEquals("1 word", config.variables().expand("${A} ${B}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pipeline:~  outputs:~    - name: a~      match:~        b: c | 4: Fluent Bit takes no keys below match
          pipeline:~  outputs:~    name: a                           | 3: expected a list here
          includes:~  - nothing.yaml                                 | 2: there is no file to include
          env:~  - A                                                 | 2: expected a variable's name and value
          bogus: 1                                                   | 1: unknown: bogus
          service:~  flush: 1~service:~  flush: 2                    | 3: a second service
          pipeline: [                                                | 2: not YAML: expected the node content
          includes:~  - fluent-bit.yaml                              |  Fluent Bit does not include a file twice
          """)
  void shouldRefuseWhatFluentBitRefuses(String text, String expected) {
    ConfigFileException refused =
        assertThrows(ConfigFileException.class, () -> read(text.strip().replace('~', '\n') + "\n"));
    String message = refused.getMessage().substring(folder.resolve("fluent-bit.yaml").toString().length() + 1);
    assertTrue(message.strip().startsWith(expected.strip()), message);
  }

  @Test
  void shouldReadTheOutputsOfFluentOperator() throws Exception {
    FluentBitConfig config =
        read(
            """
            apiVersion: fluentbit.fluent.io/v1alpha2
            kind: ClusterOutput
            metadata:
              name: gardener
            spec:
              match: kubernetes.*
              retry_limit: no_limits
              customPlugin:
                config: |
                  Name gardener
                  # comment
                  SeedType otlp_grpc
            ---
            apiVersion: fluentbit.fluent.io/v1alpha2
            kind: ClusterInput
            spec: {}
            ---
            apiVersion: v1
            kind: List
            items:
            - kind: Output
              spec:
                customPlugin:
                  yamlConfig:
                    name: gardener
                    seedType: stdout
            """);
    assertEquals(
        List.of(
            "6: [Match=kubernetes.*@6, Retry_Limit=no_limits@7, Name=gardener@10, SeedType=otlp_grpc@12]",
            "23: [name=gardener@25, seed_type=stdout@26]"),
        outputs(config));
    assertTrue(config.isManifest());
  }
}
