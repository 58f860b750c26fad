package cloud.gardener.logging.config.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.ConfigException;
import cloud.gardener.logging.config.keys.ConfigReader;
import cloud.gardener.logging.config.keys.Sections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints in all their forms, by the keys that take them. */
class AddressTest {
  @ParameterizedTest
  @CsvSource({
    "localhost:4317, localhost, 4317, UNSPECIFIED, '', ''",
    "collector.garden.svc.cluster.local:1, collector.garden.svc.cluster.local, 1, UNSPECIFIED, '', ''",
    "10.0.0.1:65535, 10.0.0.1, 65535, UNSPECIFIED, '', ''",
    "my_host:1, my_host, 1, UNSPECIFIED, '', ''",
    "dns:4317, dns, 4317, UNSPECIFIED, '', ''",
    "[::1]:4317, ::1, 4317, UNSPECIFIED, '', ''",
    "[fe80::1%lo]:4317, fe80::1%lo, 4317, UNSPECIFIED, '', ''",
    "dns:///collector:4317, collector, 4317, UNSPECIFIED, '', ''",
    "passthrough:///collector:4317, collector, 4317, UNSPECIFIED, '', ''",
    "dns:///[fe80::1%eth0]:4317, fe80::1%eth0, 4317, UNSPECIFIED, '', ''",
    "http://collector, collector, 80, PLAINTEXT, '', ''",
    "http://my_host:8080, my_host, 8080, PLAINTEXT, '', ''",
    "HTTPS://collector, collector, 443, TLS, '', ''",
    "https://collector:8443/otlp/v1/logs, collector, 8443, TLS, /otlp/v1/logs, ''",
    "https://collector?a=b, collector, 443, TLS, '', a=b",
    "https://collector:8443/x?a=b%20c&d, collector, 8443, TLS, /x, a=b%20c&d",
    "http://[fe80::1]:80/, fe80::1, 80, PLAINTEXT, /, ''",
    "http://[fe80::1%25lo]:4318/otlp, fe80::1%lo, 4318, PLAINTEXT, /otlp, ''",
    "http://[fe80::1%lo]:4318, fe80::1%lo, 4318, PLAINTEXT, '', ''"
  })
  void shouldReadEndpoints(
      String text, String host, int port, Address.Security security, String path, String query)
      throws ConfigException {
    Address read = ConfigReader.parse(Sections.of("Endpoint", text)).endpoint().endpoint();
    assertEquals(host, read.server().host());
    assertEquals(port, read.server().port());
    assertEquals(security, read.security());
    assertEquals(path, read.path());
    assertEquals(query, read.query());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "collector", "collector:", ":4317", "collector:0", "collector:65536", "::1:4317",
        "ftp://collector:1", "https://", "https://collector:99999", "https://collector/#a",
        "https://collector/a b", "https://collector/%zz", "collector:4317/path", "[::1]", "[x]:1",
        "unix:///run/otlp.sock", "dns://8.8.8.8/collector:4317", "dns:///collector", "dns:///"
      })
  void shouldNameTheKeyThatTheUserWrote(String text) {
    ConfigException refused =
        assertThrows(
            ConfigException.class, () -> ConfigReader.parse(Sections.of("Endpoint", text)));
    assertTrue(
        refused.getMessage().startsWith("Endpoint: \"" + text + "\" cannot be used"),
        refused::getMessage);
  }

  @Test
  void shouldReadCredentialsOfAUrl() throws ConfigException {
    Address read =
        ConfigReader.parse(
                Sections.of("EndpointUrl", "http://user%40home:p%3Aa+b%25@host:1/logs?token=abc"))
            .endpoint()
            .endpointUrl()
            .orElseThrow();
    assertEquals("user@home", read.user());
    assertEquals("p:a+b%", read.password());
    assertEquals("Basic dXNlckBob21lOnA6YStiJQ==", read.basicCredentials());
    assertEquals("http://***@host:1/logs?***", read.redacted());
  }

  @ParameterizedTest
  @CsvSource({
    "collector:4317, collector",
    "https://user:s3cret@collector/v1/logs, collector",
    "collector.svc, collector.svc",
    "user:s3cret@collector, ***@collector"
  })
  void shouldHaveAHostForATargetWithoutABackend(String text, String host) {
    assertEquals(host, Address.ofAny(text).server().host());
  }

  @Test
  void shouldOmitTheZoneFromTheAuthority() {
    Address zoned = Address.of("[fe80::1%eth0]:4317");
    assertEquals("[fe80::1%eth0]:4317", zoned.server().toString());
    assertEquals("[fe80::1]:4317", zoned.server().authority());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OTLPGRPC | Endpoint | http://c:1/otlp | Endpoint: \"http://c:1/otlp\" has a path or a query, which otlp_grpc cannot use; accepted is host:port or a URL without a path, or the type otlp_http",
        "OTLPGRPC | Endpoint | http://c:1?a=b | Endpoint: \"http://c:1?***\" has a path or a query, which otlp_grpc cannot use; accepted is host:port or a URL without a path, or the type otlp_http",
        "OTLPGRPC | Endpoint | http://u:s3cret@c:1 | Endpoint: otlp_grpc sends no credentials of a URL; accepted is a header Authorization in Headers or HeadersFile",
        "OTLPHTTP | Endpoint | https://c:1 | Endpoint: \"https://c:1\" asks for TLS and Insecure true for plaintext; accepted is one of them",
        "OTLPHTTP | endpoint_url | https://c:1/x?k=s3cret | endpoint_url: \"https://c:1/x?***\" asks for TLS and Insecure true for plaintext; accepted is one of them",
      })
  void shouldRejectPartsThatTheTypeCannotUse(String type, String key, String value, String message) {
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () ->
                ConfigReader.parse(Sections.of("SeedType", type, key, value, "Insecure", "true")));
    assertEquals(message, refused.getMessage());
  }

  @Test
  void shouldRejectAnInvalidShootEndpointAtTheStart() {
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () ->
                ConfigReader.parse(
                    Sections.of(
                        "ShootType", "otlp_grpc",
                        "DynamicHostPath", "{\"a\": \"b\"}",
                        "DynamicHostSuffix", ".svc.cluster.local")));
    assertTrue(
        refused
            .getMessage()
            .startsWith("DynamicHostPrefix and DynamicHostSuffix around a namespace: "),
        refused::getMessage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://user:s3cret@proxy:3128", "socks5://proxy:1080", "proxy"})
  void shouldRejectAnInvalidProxy(String text) {
    ConfigException refused =
        assertThrows(
            ConfigException.class, () -> ConfigReader.parse(Sections.of("HTTPProxy", text)));
    assertTrue(
        refused.getMessage().startsWith("HTTPProxy: value hidden, cannot be used"),
        refused::getMessage);
    assertFalse(refused.getMessage().contains("s3cret"), refused::getMessage);
  }
}
