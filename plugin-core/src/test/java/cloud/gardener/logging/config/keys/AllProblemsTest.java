package cloud.gardener.logging.config.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.ConfigException;
import cloud.gardener.logging.config.ConfigException.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that is wrong in a section is reported at once: each problem is one line, and names the keys it is about. */
class AllProblemsTest {
  private static List<Problem> problemsOf(String... namesAndValues) {
    return assertThrows(ConfigException.class, () -> ConfigReader.parse(Sections.of(namesAndValues))).problems();
  }

  private static List<String> startsOf(List<Problem> problems) {
    return problems.stream().map(problem -> problem.text().split("[ :]")[0]).toList();
  }

  @Test
  void shouldReportEachWrongValue() {
    List<Problem> problems =
        problemsOf(
            "SeedType", "otlp-grpc",
            "http_version", "3",
            "Timeout", "soon",
            "DQueMaxBytes", "1T",
            "DynamicHostPath", "kubernetes",
            "MetricsPort", "70000",
            "SendLogsToShootWhenIsInReadyState", "2");

    assertEquals(
        List.of(
            List.of("SeedType"),
            List.of("Timeout"),
            List.of("http_version"),
            List.of("DQueMaxBytes"),
            List.of("DynamicHostPath"),
            List.of("SendLogsToShootWhenIsInReadyState"),
            List.of("MetricsPort")),
        problems.stream().map(Problem::keys).toList());
    assertEquals(
        "MetricsPort: \"70000\" cannot be used; accepted is a whole number from 0 to 65535",
        problems.get(6).text());
  }

  @Test
  void shouldReportEachCombinationThatCannotWork() {
    List<Problem> problems =
        problemsOf(
            "SeedType", "otlp_grpc",
            "Endpoint", "https://collector:4317/v1",
            "insecure", "true",
            "ShootType", "otlp_http",
            "DynamicHostPath", "{\"kubernetes\": \"namespace_name\"}",
            "DynamicHostSuffix", ".svc:99999",
            "TLSCertFile", "c.pem",
            "TLSMaxVersion", "1.1",
            "RetryMaxInterval", "1s",
            "DQueTotalMaxBytes", "1M",
            "TagExpression", "(a",
            "DQueSync", "full",
            "dque_sync", "normal");

    assertEquals(
        List.of(
            "DQueSync", "Endpoint", "Endpoint", "DynamicHostPrefix", "TLSCertFile", "TLSMaxVersion",
            "RetryMaxInterval", "DQueTotalMaxBytes", "TagPrefix"),
        startsOf(problems));
    assertEquals(List.of("DQueSync", "dque_sync"), problems.get(0).keys());
    assertEquals(List.of("Endpoint", "Insecure"), problems.get(1).keys());
    assertEquals(List.of("DynamicHostSuffix"), problems.get(3).keys());
  }

  @Test
  void shouldJoinTheProblemsInTheMessage() {
    ConfigException wrong =
        assertThrows(
            ConfigException.class, () -> ConfigReader.parse(Sections.of("Timeout", "soon", "Insecure", "maybe")));

    assertEquals(
        "Insecure: \"maybe\" cannot be used; accepted is true or false (also 1, t, on, yes, 0, f, off, no)\n"
            + "Timeout: \"soon\" cannot be used; accepted is a duration above 0 such as 500ms, 30s or 1m30s",
        wrong.getMessage());
  }

  /** The default takes the place of a wrong value, so it could contradict a right one. */
  @ParameterizedTest
  @CsvSource({
    "RetryInitialInterval, never, RetryMaxInterval, 1s",
    "RetryEnabled, perhaps, RetryMaxInterval, 1s",
    "TLSMinVersion, 0.9, TLSMaxVersion, 1.1",
    "DQueMaxBytes, 1T, DQueTotalMaxBytes, 1M",
    "FallbackToTagWhenMetadataIsMissing, ja, TagExpression, (a)",
    "SeedType, otlp-grpc, Endpoint, https://host:4317/path",
    "Insecure, ja, Endpoint, https://host:4317",
  })
  void shouldNotReportWhatFollowsFromAWrongValue(String wrong, String value, String other, String otherValue) {
    assertEquals(List.of(wrong), startsOf(problemsOf(wrong, value, other, otherValue)));
  }

  @Test
  void shouldShowNoSecretInAnyLine() {
    List<Problem> problems =
        problemsOf(
            "Headers", "Authorization",
            "ShootHeaders", "a s3cret-{name}",
            "HTTPProxy", "http://user:s3cret@",
            "EndpointUrl", "ftp://user:s3cret@host",
            "Endpoint", "user:s3cret@host");

    assertEquals(List.of("Endpoint", "Headers", "EndpointUrl", "HTTPProxy", "ShootHeaders"), startsOf(problems));
    for (Problem problem : problems) {
      assertFalse(problem.text().contains("s3cret"), problem.text());
      assertTrue(problem.text().length() < 400, problem.text());
      assertEquals(1, problem.text().lines().count());
    }
  }
}
