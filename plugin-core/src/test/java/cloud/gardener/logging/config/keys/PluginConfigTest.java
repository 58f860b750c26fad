package cloud.gardener.logging.config.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.BatchConfig;
import cloud.gardener.logging.config.ConfigException;
import cloud.gardener.logging.config.ControllerConfig;
import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.HeaderConfig;
import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.QueueConfig;
import cloud.gardener.logging.config.RetryConfig;
import cloud.gardener.logging.config.SdkBatchConfig;
import cloud.gardener.logging.config.StateTables;
import cloud.gardener.logging.config.ThrottleConfig;
import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.BodyFormat;
import cloud.gardener.logging.config.value.Compression;
import cloud.gardener.logging.config.value.EndpointTemplate;
import cloud.gardener.logging.config.value.FullPolicy;
import cloud.gardener.logging.config.value.Headers;
import cloud.gardener.logging.config.value.HttpEncoding;
import cloud.gardener.logging.config.value.HttpVersion;
import cloud.gardener.logging.config.value.KubernetesAttributes;
import cloud.gardener.logging.config.value.LogLevel;
import cloud.gardener.logging.config.value.QueueSync;
import cloud.gardener.logging.config.value.RefusedPolicy;
import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.config.value.TargetType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Whole sections: none, the two that Gardener deploys, and the forms of the Go plugin's documentation. */
class PluginConfigTest {
  private static final Function<String, String> SYSTEMD =
      Sections.ofLines(GardenerSeed.onNode(GardenerSeed.SYSTEMD, "node-1"));

  private static final Function<String, String> DYNAMIC =
      Sections.ofLines(GardenerSeed.onNode(GardenerSeed.KUBERNETES, "node-1"));

  @Test
  void shouldHaveTheDocumentedDefaults() throws ConfigException {
    PluginConfig config = ConfigReader.parse(name -> null);

    assertEquals(TargetType.NOOP, config.seedType());
    assertEquals(TargetType.NOOP, config.shootType());
    assertEquals(
        new EndpointConfig(
            Address.of("localhost:4317"),
            Optional.empty(),
            "",
            Optional.empty(),
            false,
            Compression.NONE,
            Duration.ofSeconds(30),
            HeaderConfig.of(Headers.NONE),
            HttpEncoding.PROTOBUF,
            HttpVersion.AUTO),
        config.endpoint());
    assertEquals(new TlsConfig("", "", "", "", false, "1.2", ""), config.tls());
    assertEquals(
        new RetryConfig(true, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(1), RefusedPolicy.KEEP),
        config.retry());
    assertEquals(new ThrottleConfig(false, 0), config.throttle());
    assertEquals(
        new QueueConfig(
            Path.of("/tmp/flb-storage"),
            "dque",
            500,
            QueueSync.NORMAL,
            1_000_000_000L,
            8_000_000_000L,
            FullPolicy.RETRY,
            512,
            1 << 20),
        config.queue());
    assertEquals(
        new BatchConfig(256, Duration.ofSeconds(1), 10), config.batch());
    assertEquals(
        new SdkBatchConfig(false, 2048, Duration.ofSeconds(30), Duration.ofSeconds(1), 512),
        config.sdkBatch());
    assertEquals(List.of(), config.dynamicHost().path());
    assertEquals(new EndpointTemplate("", ""), config.dynamicHost().endpoint());
    assertEquals(".*", config.dynamicHost().regex().pattern());
    assertEquals(
        new ControllerConfig(
            Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofHours(1), false, "", ""),
        config.controller());
    assertEquals(
        new StateTables(
            Set.of(
                ShootState.CREATION,
                ShootState.READY,
                ShootState.WAKING,
                ShootState.DELETION,
                ShootState.DELETED,
                ShootState.RESTORE,
                ShootState.MIGRATION),
            Set.of(
                ShootState.CREATION,
                ShootState.DELETION,
                ShootState.DELETED,
                ShootState.RESTORE,
                ShootState.MIGRATION)),
        config.states());
    assertEquals("tag", config.metadata().tagKey());
    assertEquals(
        "kubernetes\\.var\\.log\\.containers\\.([^_]+)_([^_]+)_(.+)-([a-z0-9]{64})\\.log$",
        config.metadata().tagExpression().pattern());
    assertEquals("", config.mapping().hostname());
    assertEquals("", config.mapping().origin());
    assertEquals(KubernetesAttributes.RESOURCE, config.mapping().kubernetesAttributes());
    assertEquals(List.of("log", "message", "msg", "MESSAGE"), config.mapping().bodyKeys());
    assertEquals(BodyFormat.JSON, config.mapping().bodyFormat());
    assertEquals(LogLevel.INFO, config.logLevel());
    assertEquals(2021, config.metricsPort());
    assertEquals("", config.metricsAddress());
    assertEquals(Duration.ofSeconds(5), config.shutdownGrace());
  }

  @Test
  void shouldReadTheDeployedSystemdSection() throws ConfigException {
    PluginConfig config = ConfigReader.parse(SYSTEMD);

    assertEquals(TargetType.OTLP_GRPC, config.seedType());
    assertEquals(LogLevel.ERROR, config.logLevel());
    assertEquals("opentelemetry-collector-collector.garden.svc:4317", config.endpoint().endpoint().redacted());
    assertTrue(config.endpoint().insecure());
    assertEquals(Path.of("/var/fluentbit/dque"), config.queue().dir());
    assertEquals("systemd", config.queue().name());
    assertEquals("node-1", config.mapping().hostname());
    assertEquals("systemd", config.mapping().origin());
    assertEquals(List.of(), SectionReport.of(SYSTEMD, config).warnings());
  }

  @Test
  void shouldReadTheDeployedDynamicSection() throws ConfigException {
    PluginConfig config = ConfigReader.parse(DYNAMIC);

    assertEquals(TargetType.OTLP_GRPC, config.shootType());
    assertEquals(Duration.ofMinutes(15), config.endpoint().timeout());
    assertEquals(List.of("kubernetes", "namespace_name"), config.dynamicHost().path());
    assertEquals(
        new EndpointTemplate("opentelemetry-collector-collector.", ".svc.cluster.local:4317"),
        config.dynamicHost().endpoint());
    assertTrue(config.dynamicHost().regex().matcher("shoot--dev--one").find());
    assertEquals(15_000, config.queue().maxMemoryRecords());
    assertEquals(
        new BatchConfig(500, Duration.ofSeconds(1), 10), config.batch());
    assertEquals(
        new RetryConfig(true, Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofMinutes(15), RefusedPolicy.KEEP),
        config.retry());
    assertTrue(config.metadata().fallbackToTag());
    assertEquals(
        Set.of(
            ShootState.CREATION,
            ShootState.READY,
            ShootState.WAKING,
            ShootState.DELETED,
            ShootState.RESTORE,
            ShootState.MIGRATION),
        config.states().toShoot());
  }

  @Test
  void shouldApplyEveryKeyOfTheDynamicOutput() throws ConfigException {
    assertEquals(List.of(), SectionReport.of(DYNAMIC, ConfigReader.parse(DYNAMIC)).warnings());
  }

  @Test
  void shouldReadTheFormatsOfTheGoDocumentation() throws ConfigException {
    PluginConfig config =
        ConfigReader.parse(
            Sections.ofLines(
                """
                SeedType OTLPHTTP
                Endpoint https://victorialogs.example.com/insert/opentelemetry/v1/logs
                Compression 1
                Headers Authorization Bearer TOKEN,X-Scope-OrgID tenant-1
                DQueSync true
                DQueFullPolicy Drop_Oldest
                TLSCertFile /etc/ssl/fluent-bit/tls.crt
                TLSKeyFile /etc/ssl/fluent-bit/tls.key
                TLSMinVersion "1.3"
                DynamicHostRegex *
                SendLogsToMainClusterWhenIsInReadyState false
                SendLogsToDefaultClientWhenClusterIsInHibernatingState true"""));

    assertEquals(TargetType.OTLP_HTTP, config.seedType());
    assertEquals(Compression.GZIP, config.endpoint().compression());
    assertEquals(
        new Headers(Map.of("authorization", "Bearer TOKEN", "x-scope-orgid", "tenant-1")),
        config.endpoint().headers().fixed());
    assertEquals(QueueSync.FULL, config.queue().sync());
    assertEquals(FullPolicy.DROP_OLDEST, config.queue().fullPolicy());
    assertEquals("1.3", config.tls().minVersion());
    assertEquals(".*", config.dynamicHost().regex().pattern());
    assertTrue(!config.states().toShoot().contains(ShootState.READY));
    assertTrue(config.states().toSeed().contains(ShootState.HIBERNATING));
  }

  @Test
  void shouldReadQuotedPaddedAndEmptyValues() throws ConfigException {
    PluginConfig config =
        ConfigReader.parse(
            Sections.of(
                "Origin", " \"seed\" ",
                "HostnameValue", "'node one'",
                "SeedType", "\"stdout\"",
                "Timeout", "  ",
                "DQueName", "\"\"",
                "DynamicHostPath", "'{\"a\": \"b\"}'"));

    assertEquals("seed", config.mapping().origin());
    assertEquals("node one", config.mapping().hostname());
    assertEquals(TargetType.STDOUT, config.seedType());
    assertEquals(Duration.ofSeconds(30), config.endpoint().timeout());
    assertEquals("dque", config.queue().name());
    assertEquals(List.of("a"), config.dynamicHost().path());
  }

  @Test
  void shouldRaiseTheTotalLimitToTheLimitOfOneTarget() throws ConfigException {
    assertEquals(
        20_000_000_000L,
        ConfigReader.parse(Sections.of("DQueMaxBytes", "20G")).queue().totalMaxBytes());
  }

  @Test
  void shouldIgnoreTheInitialIntervalWithoutBackoff() throws ConfigException {
    assertEquals(
        new RetryConfig(false, Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMinutes(1), RefusedPolicy.KEEP),
        ConfigReader.parse(Sections.of("RetryEnabled", "off", "RetryMaxInterval", "2s")).retry());
  }

  @Test
  void shouldUseTheHttpPathWhereTheUrlPathIsNotSet() throws ConfigException {
    assertEquals(
        "/logs", ConfigReader.parse(Sections.of("HTTPPath", "/logs")).endpoint().urlPath());
    assertEquals(
        "/v2/logs",
        ConfigReader.parse(Sections.of("HTTPPath", "/logs", "EndpointUrlPath", "/v2/logs"))
            .endpoint()
            .urlPath());
  }

  @Test
  void shouldReadHttpEncodingAndVersion() throws ConfigException {
    EndpointConfig config =
        ConfigReader.parse(Sections.of("HTTPEncoding", "JSON", "HTTPVersion", "2")).endpoint();
    assertEquals(HttpEncoding.JSON, config.httpEncoding());
    assertEquals(HttpVersion.HTTP_2, config.httpVersion());
    EndpointConfig older = ConfigReader.parse(Sections.of("http_version", "1.1")).endpoint();
    assertEquals(HttpVersion.HTTP_1_1, older.httpVersion());
  }

  @Test
  void shouldUseTheUrlInsteadOfTheEndpointForHttpOnly() throws ConfigException {
    EndpointConfig config =
        ConfigReader.parse(Sections.of("Endpoint", "a:4317", "EndpointUrl", "https://b/otlp"))
            .endpoint();
    assertEquals("https://b/otlp", config.seedEndpoint(TargetType.OTLP_HTTP).redacted());
    assertEquals("a:4317", config.seedEndpoint(TargetType.OTLP_GRPC).redacted());
    EndpointConfig without = ConfigReader.parse(Sections.of("Endpoint", "a:4318")).endpoint();
    assertEquals("a:4318", without.seedEndpoint(TargetType.OTLP_HTTP).redacted());
  }
}
