package cloud.gardener.logging.config;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The two outputs that Gardener writes on every seed, word for word in all our examples. */
class GardenerSeedTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir", ".")).resolve("..");

  private static final String SYSTEMD =
      """
      Name gardener
      Match systemd.*
      SeedType otlp_grpc
      LogLevel error
      Endpoint opentelemetry-collector-collector.garden.svc:4317
      Insecure true
      DQueDir /var/fluentbit/dque
      DQueName systemd
      Origin systemd
      HostnameValue ${NODE_NAME}
      FallbackToTagWhenMetadataIsMissing false
      """;

  private static final String KUBERNETES =
      """
      Name gardener
      Match kubernetes.*
      LogLevel info
      Retry_Limit 10
      SeedType otlp_grpc
      ShootType otlp_grpc
      Endpoint opentelemetry-collector-collector.garden.svc:4317
      Insecure true
      Timeout 15m
      DynamicHostPath {"kubernetes": {"namespace_name": "namespace"}}
      DynamicHostPrefix opentelemetry-collector-collector.
      DynamicHostSuffix .svc.cluster.local:4317
      DynamicHostRegex ^shoot-
      DQueDir /var/fluentbit/dque
      DQueName dynamic
      DQueSync normal
      DQueBatchProcessorMaxQueueSize 15000
      DQueBatchProcessorMaxBatchSize 500
      DQueBatchProcessorExportInterval 1s
      DQueBatchProcessorExportTimeout 15m
      RetryEnabled true
      RetryInitialInterval 1s
      RetryMaxInterval 5m
      RetryMaxElapsedTime 15m
      HostnameValue ${NODE_NAME}
      Origin seed
      FallbackToTagWhenMetadataIsMissing true
      SendLogsToSeedWhenShootIsInHibernatedState false
      SendLogsToShootWhenIsInDeletionState false
      TagKey tag
      """;

  @Test
  void shouldNameOnlySettingsThatThereAre() {
    List<String> known = ConfigKeys.spellings();
    List<String> ofFluentBit = List.of("Name", "Match", "Retry_Limit");

    for (String output : List.of(SYSTEMD, KUBERNETES)) {
      output
          .lines()
          .map(line -> line.split(" ")[0])
          .forEach(name -> assertTrue(known.contains(name) || ofFluentBit.contains(name), name));
    }
  }

  @Test
  void shouldStandInTheExampleConfigurationAndInTheChartsValues() throws IOException {
    for (String file :
        List.of(
            "docs/examples/gardener-seed.conf",
            "charts/fluent-bit-output-plugin/examples/gardener-seed.yaml")) {
      String text = Files.readString(ROOT.resolve(file)).replaceAll("(?m)^ +", "") + "\n";

      assertTrue(text.contains("[OUTPUT]\n" + SYSTEMD + "\n[OUTPUT]\n" + KUBERNETES + "\n"), file);
    }
  }
}
