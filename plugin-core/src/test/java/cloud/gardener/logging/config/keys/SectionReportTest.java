package cloud.gardener.logging.config.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.ConfigException;
import cloud.gardener.logging.config.value.ShootState;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the log says of a section at the start: what is probably not meant, and what is in force. */
class SectionReportTest {
  private static final String PATH = "{\"kubernetes\": {\"namespace_name\": \"namespace\"}}";

  private record Case(String begin, String end, String... section) {
    @Override
    public String toString() {
      return String.join(" ", section) + " -> " + begin;
    }
  }

  private static Stream<Case> dropping() {
    return Stream.of(
        new Case("SeedType is not set: every record", "set SeedType to otlp_grpc or otlp_http"),
        new Case("SeedType is noop: every record", "", "SeedType", "noop"),
        new Case("SeedType is not set: every record", "", "ShootType", "otlp_grpc"),
        new Case(
            "SeedType is not set and ShootType is noop: every record",
            "set SeedType and ShootType to otlp_grpc or otlp_http",
            "DynamicHostPath", PATH),
        new Case(
            "SeedType is not set and the keys SendLogsToShoot...State send no shoot's records: every",
            "",
            allStates(
                "SendLogsToShootWhenIsIn%sState", "false",
                "ShootType", "otlp_grpc", "DynamicHostSuffix", ":4317")),
        new Case(
            "records of shoots in state ready are dropped, by ShootType noop",
            "SendLogsToSeedWhenShootIsInReadyState true",
            "SeedType", "otlp_grpc", "Endpoint", "a:1", "DynamicHostPath", PATH),
        new Case(
            "records of shoots in state ready are dropped, by ShootType otlp_grpc",
            "",
            "SeedType", "stdout",
            "ShootType", "otlp_grpc",
            "DynamicHostPath", PATH,
            "DynamicHostSuffix", ":4317",
            "SendLogsToShootWhenIsInReadyState", "false"),
        new Case(
            "all records of shoots are dropped, by ShootType noop",
            "",
            allStates("SendLogsToSeedWhenShootIsIn%sState", "false", "SeedType", "stdout")),
        new Case(
            "SeedType is not set: records that belong to no shoot are dropped",
            "to noop where that is meant",
            "ShootType", "otlp_grpc", "DynamicHostPath", PATH, "DynamicHostSuffix", ":4317"),
        new Case(
            "ShootType has no effect without DynamicHostPath",
            "every record goes to the seed's target",
            "SeedType", "stdout", "ShootType", "otlp_grpc"));
  }

  private static String[] allStates(String key, String value, String... others) {
    Stream<String> states =
        Stream.of(ShootState.values())
            .flatMap(state -> Stream.of(key.formatted(state.name().toLowerCase()), value));
    return Stream.of(states, Stream.of(others), Stream.of("DynamicHostPath", PATH))
        .flatMap(names -> names)
        .toArray(String[]::new);
  }

  @ParameterizedTest
  @MethodSource("dropping")
  void shouldWarnOnceWhereRecordsWouldBeDropped(Case section) throws ConfigException {
    List<String> warnings = report(section.section()).warnings();

    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(warnings.get(0).startsWith("dque: " + section.begin()), warnings::toString);
    assertTrue(warnings.get(0).endsWith(section.end()), warnings::toString);
  }

  @Test
  void shouldNotWarnOfASectionThatSendsEverything() throws ConfigException {
    assertEquals(List.of(), report("SeedType", "stdout").warnings());
    assertEquals(
        List.of(), report("SeedType", "otlp_http", "EndpointUrl", "http://a/").warnings());
    assertEquals(
        List.of(),
        report("SeedType", "stdout", "DynamicHostPath", PATH, "ShootType", "stdout").warnings());
    assertEquals(
        List.of(),
        report(
                "SeedType", "stdout",
                "DynamicHostPath", PATH,
                "SendLogsToSeedWhenShootIsInReadyState", "true")
            .warnings());
    assertEquals(
        List.of(),
        report("SeedType", "noop", "DynamicHostPath", PATH, "ShootType", "stdout").warnings());
  }

  @Test
  void shouldNameTheReplacementOfFluentBitKeys() throws ConfigException {
    assertEquals(
        List.of(
            "dque: set, but no keys of this plugin: Header (use Headers, one key for all of them),"
                + " Host (use Endpoint host:port), Http_Passwd (use Headers with Authorization),"
                + " Logs_uri (use EndpointUrlPath), Port (use Endpoint host:port),"
                + " Type (use SeedType), Uri (use EndpointUrlPath),"
                + " tls (use Insecure false, the default, for TLS)"),
        report(
                "SeedType", "stdout",
                "host", "h",
                "PORT", "4317",
                "tls", "on",
                "uri", "/v1/logs",
                "type", "otlp_grpc",
                "logs_uri", "/v1/logs",
                "header", "Authorization s3cret",
                "http_passwd", "s3cret")
            .warnings());
  }

  @Test
  void shouldWarnOfTheDefaultEndpoint() throws ConfigException {
    String warning =
        "dque: Endpoint is not set, so records go to localhost:4317; Fluent Bit keeps Host, Port"
            + " and tls for its own outputs: set Endpoint host:port, and Insecure true for"
            + " plaintext";

    assertEquals(List.of(warning), report("SeedType", "otlp_grpc").warnings());
    assertEquals(List.of(warning), report("SeedType", "otlp_http").warnings());
    assertEquals(
        List.of(), report("SeedType", "otlp_grpc", "Endpoint", "localhost:4317").warnings());
  }

  @Test
  void shouldNotListOwnKeysAsUnsupported() {
    assertTrue(
        UnsupportedKeys.names().stream()
            .noneMatch(
                name ->
                    ConfigKeys.all()
                        .flatMap(key -> key.spellings().stream())
                        .anyMatch(name::equalsIgnoreCase)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          otlp_grpc | backend:1         | true  | TLSCAFile             | the TLS keys have no effect
          otlp_http | http://backend    | false | TLSCAFile             | the TLS keys have no effect
          otlp_grpc | backend:1         | false | TLSCAFile             | none
          otlp_http | https://backend   | false | TLSCAFile             | none
          stdout    | backend:1         | true  | TLSCAFile             | none
          otlp_grpc | backend:1         | false | TLSInsecureSkipVerify | TLSInsecureSkipVerify is on
          otlp_grpc | backend:1         | true  | TLSInsecureSkipVerify | none
          """)
  void shouldWarnOfTlsKeysOncePerOutput(
      String type, String endpoint, String insecure, String key, String expected) throws ConfigException {
    List<String> warnings =
        report("SeedType", type, "Endpoint", endpoint, "Insecure", insecure, key, "true").warnings();

    assertEquals(expected == null ? 0 : 1, warnings.size(), warnings::toString);
    assertTrue(expected == null || warnings.get(0).startsWith("dque: " + expected), warnings::toString);
  }

  @Test
  void shouldKnowThatShootsUseTheTlsKeys() throws ConfigException {
    assertEquals(
        List.of(),
        report(
                "SeedType", "stdout",
                "ShootType", "otlp_grpc",
                "DynamicHostPath", PATH,
                "DynamicHostSuffix", ":4317",
                "TLSCAFile", "/ca")
            .warnings());
  }

  @Test
  void shouldReportEffectiveSettings() throws ConfigException {
    assertEquals(
        "systemd: in force: SeedType=otlp_grpc, Endpoint=collector:4317, Insecure=on,"
            + " DQueDir=/var/dque, DQueName=systemd, RetryMaxInterval=5m, Origin=\"my origin\";"
            + " every other key has its default; effective: seed otlp_grpc collector:4317, request"
            + " timeout 30s, queues in /var/dque/systemd of at most 1000000000 bytes each and"
            + " 8000000000 together, retries after 5s to 5m",
        report(
                "seed_type", "otlp_grpc",
                "Endpoint", "collector:4317",
                "Insecure", "on",
                "DQueDir", "/var/dque",
                "dque_name", "'systemd'",
                "DQueSync", "false",
                "RetryMaxInterval", "5m",
                "Timeout", "30s",
                "Origin", "my origin")
            .effectiveSettings(""));
  }

  @Test
  void shouldReportEffectiveBounds() throws ConfigException {
    String line =
        report(
                "SeedType", "stdout",
                "ShootType", "otlp_grpc",
                "DynamicHostPath", PATH,
                "DynamicHostPrefix", "collector.",
                "DynamicHostSuffix", ".svc:4317",
                "Timeout", "15m",
                "DQueMaxBytes", "10G")
            .effectiveSettings("");

    assertTrue(line.contains("shoots otlp_grpc collector.{namespace}.svc:4317,"), line);
    assertTrue(line.contains("DynamicHostPath=\"" + PATH + "\""), line);
    assertTrue(line.contains("Timeout=15m,"), line);
    assertTrue(line.contains("request timeout 30s"), line);
    assertTrue(line.contains("10000000000 bytes each and 10000000000 together"), line);
    assertTrue(
        report("SeedType", "stdout", "UseSDKBatchProcessor", "true")
            .effectiveSettings("")
            .contains("at most 2048 records in memory"));
    assertTrue(report().effectiveSettings("").startsWith("dque: in force: every key has its default;"));
  }

  @Test
  void shouldNameThePathAndTheProxyBehindTheBackend() throws ConfigException {
    String line =
        report("SeedType", "otlp_http", "Endpoint", "loki:3100")
            .effectiveSettings(", POST /v1/logs, through the proxy proxy:3128 of HTTPProxy");

    assertTrue(
        line.contains(
            "; effective: seed otlp_http loki:3100, POST /v1/logs, through the proxy proxy:3128 of"
                + " HTTPProxy, request timeout 30s,"),
        line);
  }

  @Test
  void shouldShowNoSecret() throws ConfigException {
    String line =
        report(
                "SeedType", "otlp_http",
                "Headers", "Authorization s3cret",
                "HTTPProxy", "http://user:s3cret@proxy:1",
                "Endpoint", "https://user:s3cret@host:4318",
                "EndpointUrl", "https://user:s3cret@host/v1/logs?token=s3cret",
                "EndpointUrlPath", "/v1/logs?token=s3cret",
                "HTTPPath", "/v1/logs?token=s3cret",
                "ShootType", "otlp_http",
                "DynamicHostPath", PATH,
                "DynamicHostPrefix", "https://user:s3cret@collector.",
                "DynamicHostSuffix", ".svc:4318/v1/logs?token=s3cret")
            .effectiveSettings("");

    assertFalse(line.contains("s3cret"), line);
    assertTrue(line.contains("Headers=(hidden)"), line);
    assertTrue(line.contains("HTTPProxy=(hidden)"), line);
    assertTrue(line.contains("EndpointUrl=https://***@host/v1/logs?***"), line);
    assertTrue(line.contains("EndpointUrlPath=/v1/logs?***"), line);
    assertTrue(line.contains("shoots otlp_http https://***@collector.{namespace}.svc:4318/v1/logs?***,"), line);
    assertTrue(line.contains("seed otlp_http https://***@host/v1/logs?***,"), line);
  }

  @Test
  void shouldStayOneLine() throws ConfigException {
    String line = report("Origin", "a\nb", "HostnameValue", "x".repeat(10_000)).effectiveSettings("");

    assertTrue(line.contains("Origin=a?b"), line);
    assertTrue(line.length() < 1_000, line);
  }

  private static SectionReport report(String... namesAndValues) throws ConfigException {
    Function<String, String> section = Sections.of(namesAndValues);
    return SectionReport.of(section, ConfigReader.parse(section));
  }
}
