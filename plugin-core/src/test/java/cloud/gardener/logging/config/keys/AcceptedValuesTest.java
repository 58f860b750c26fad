package cloud.gardener.logging.config.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.ConfigException;
import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.syntax.BadValueException;
import cloud.gardener.logging.config.syntax.GoDuration;
import cloud.gardener.logging.config.value.Headers;
import cloud.gardener.logging.config.value.ShootHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms that values may have. */
class AcceptedValuesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "+0, 0",
    "5s, 5000000000",
    "1m30s, 90000000000",
    "500ms, 500000000",
    "1.5h, 5400000000000",
    ".5s, 500000000",
    "1.s, 1000000000",
    "3us, 3000",
    "3\u00b5s, 3000",
    "3\u03bcs, 3000",
    "7ns, 7",
    "0.3ns, 0",
    "-1.5s, -1500000000",
    "+2h45m, 9900000000000",
    "2540400h10m10.000000000s, 9145440610000000000",
  })
  void shouldReadDurationsAsGo(String text, long nanos) throws Exception {
    assertEquals(Duration.ofNanos(nanos), GoDuration.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "-", "s", ".", ".s", "3000d", "1h 2m", "1H", "--1s", "1s-2s", "1e3s"})
  void shouldRejectDurationsThatGoRejects(String text) {
    assertThrows(BadValueException.class, () -> GoDuration.parse(text));
  }

  @Test
  void shouldRejectDurationsWithTooManyDigits() {
    assertThrows(BadValueException.class, () -> GoDuration.parse("1".repeat(100) + "s"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "t", "T", "true", "TRUE", "True", "on", "On", "yes", "YES"})
  void shouldReadTrue(String text) throws ConfigException {
    assertTrue(ConfigReader.parse(Sections.of("Insecure", text)).endpoint().insecure());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "f", "F", "false", "FALSE", "False", "off", "OFF", "no", "No"})
  void shouldReadFalse(String text) throws ConfigException {
    assertFalse(ConfigReader.parse(Sections.of("RetryEnabled", text)).retry().enabled());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "4096, 4096",
    "10k, 10000",
    "10KB, 10000",
    "512M, 512000000",
    "512mb, 512000000",
    "1G, 1000000000",
    "1.5GB, 1500000000",
    "9223372036854775807, 9223372036854775807",
  })
  void shouldReadSizesAsFluentBit(String text, long bytes) throws ConfigException {
    assertEquals(
        bytes,
        ConfigReader.parse(Sections.of("DQueMaxBytes", text)).queue().maxBytes());
  }

  @Test
  void shouldReadHeadersInBothForms() throws ConfigException {
    Headers expected =
        new Headers(Map.of("authorization", "Bearer a b", "x-scope-orgid", "t-1"));

    for (String text :
        List.of(
            "{\"Authorization\": \"Bearer a b\", \"X-Scope-OrgID\": \"t-1\"}",
            "Authorization Bearer a b,X-Scope-OrgID t-1",
            " Authorization   Bearer a b , X-Scope-OrgID t-1 ")) {
      assertEquals(
          expected, ConfigReader.parse(Sections.of("Headers", text)).endpoint().headers().fixed(), text);
    }
    assertEquals(
        Headers.NONE, ConfigReader.parse(Sections.of("Headers", "{}")).endpoint().headers().fixed());
  }

  @Test
  void shouldSubstituteTheNamespaceInShootHeaders() throws ConfigException {
    ShootHeaders headers =
        ConfigReader.parse(
                Sections.of(
                    "ShootHeaders",
                    "{\"X-Scope-OrgID\": \"{namespace}\", \"a\": \"x-{namespace}-{namespace}\", \"b\": \"1\"}"))
            .dynamicHost()
            .headers();
    assertEquals(
        new Headers(Map.of("x-scope-orgid", "shoot--a", "a", "x-shoot--a-shoot--a", "b", "1")),
        headers.resolve("shoot--a"));
    assertFalse(headers.toString().contains("x-"), headers::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app=otel | app=otel",
        "app == otel,tier!=x | app == otel,tier!=x",
        "gardener.cloud/role=shoot,k in (a, b),k notin (c) | gardener.cloud/role=shoot,k in (a, b),k notin (c)",
        "app,!legacy,empty= | app,!legacy,empty=",
        "{\"matchLabels\":{\"app\":\"otel\"}} | app=otel",
        "{\"matchExpressions\":[{\"key\":\"k\",\"operator\":\"In\",\"values\":[\"a\",\"b\"]}]} | k in (a,b)",
        "{\"matchExpressions\":[{\"key\":\"k\",\"operator\":\"NotIn\",\"values\":[\"a\"]}]} | k notin (a)",
        "{\"matchExpressions\":[{\"key\":\"k\",\"operator\":\"Exists\"},{\"key\":\"n\",\"operator\":\"DoesNotExist\"}]} | k,!n",
        "{\"matchLabels\":{\"app\":\"otel\"},\"matchExpressions\":[{\"key\":\"k\",\"operator\":\"Exists\"}]} | app=otel,k",
        "{} | ''",
      })
  void shouldReadSelectorsInBothForms(String text, String selector) throws ConfigException {
    PluginConfig config =
        ConfigReader.parse(
            Sections.of(
                "OpenTelemetryCollectorLabelSelector", text,
                "OpenTelemetryCollectorNamespaceLabelSelector", text));

    assertEquals(selector, config.controller().collectorSelector());
    assertEquals(selector, config.controller().namespaceSelector());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"kubernetes\": {\"namespace_name\": \"namespace\"}} | kubernetes,namespace_name",
        "{\"host\": \"\"} | host",
        "{\"a\": {\"b\": {\"c\": \"d\"}}} | a,b,c",
      })
  void shouldReadThePathToTheHost(String json, String keys) throws ConfigException {
    assertEquals(
        List.of(keys.split(",")),
        ConfigReader.parse(Sections.of("DynamicHostPath", json)).dynamicHost().path());
  }

  @Test
  void shouldHaveNoControllerForAnEmptyPath() throws ConfigException {
    assertEquals(
        List.of(), ConfigReader.parse(Sections.of("DynamicHostPath", "{}")).dynamicHost().path());
  }

  @Test
  void shouldRejectAPathOfExcessiveDepth() {
    String deep = "{\"a\":".repeat(100_000);

    assertThrows(
        ConfigException.class, () -> ConfigReader.parse(Sections.of("DynamicHostPath", deep)));
  }

  @Test
  void shouldReadATagExpressionWhoseGroupsSpanItsParts() throws ConfigException {
    PluginConfig config =
        ConfigReader.parse(Sections.of("TagPrefix", "kube.(", "TagExpression", "x)"));

    assertTrue(config.metadata().tagExpression().matcher("kube.x").matches());
  }

  @Test
  void shouldHideSecretsInToString() throws ConfigException {
    String text =
        ConfigReader.parse(
                Sections.of(
                    "Headers", "Authorization s3cret",
                    "Endpoint", "https://user:s3cret@host:1",
                    "EndpointUrl", "https://user:s3cret@other",
                    "HTTPProxy", "http://user:s3cret@proxy:2"))
            .toString();

    assertFalse(text.contains("s3cret"), text);
    assertFalse(text.contains("Authorization"), text);
    assertTrue(text.contains("endpoint=https://***@host:1, endpointUrl=https://***@other"), text);
  }
}
