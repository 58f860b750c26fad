package cloud.gardener.logging.config.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.ConfigException;
import cloud.gardener.logging.config.value.QueueSync;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A setting that cannot be used ends in one line that names it, its value, and what is accepted. */
class RejectedValuesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SeedType | otlp-grpc | SeedType: \"otlp-grpc\" cannot be used; accepted is noop, stdout, otlp_grpc (or OTLPGRPC), otlp_http (or OTLPHTTP)",
        "seed_type | vali | seed_type: \"vali\" cannot be used; accepted is noop, stdout, otlp_grpc (or OTLPGRPC), otlp_http (or OTLPHTTP)",
        "Insecure | maybe | Insecure: \"maybe\" cannot be used; accepted is true or false (also 1, t, on, yes, 0, f, off, no)",
        "Timeout | 30 | Timeout: \"30\" cannot be used; accepted is a duration above 0 such as 500ms, 30s or 1m30s",
        "Timeout | 0 | Timeout: \"0\" cannot be used; accepted is a duration above 0 such as 500ms, 30s or 1m30s",
        "ShutdownGrace | -1s | ShutdownGrace: \"-1s\" cannot be used; accepted is a duration such as 500ms, 30s, 1m30s or 0",
        "Timeout | 9999999h | Timeout: \"9999999h\" cannot be used: it is longer than 292 years; accepted is a duration above 0 such as 500ms, 30s or 1m30s",
        "MetricsAddress | localhost | MetricsAddress: \"localhost\" cannot be used; accepted is an IP address such as 127.0.0.1 or ::1",
        "MetricsAddress | 1.2.3.999 | MetricsAddress: \"1.2.3.999\" cannot be used; accepted is an IP address such as 127.0.0.1 or ::1",
        "MetricsPort | 65536 | MetricsPort: \"65536\" cannot be used; accepted is a whole number from 0 to 65535",
        "DQueSegmentSize | 0 | DQueSegmentSize: \"0\" cannot be used; accepted is a whole number from 1 to 2147483647",
        "DQueSegmentSize | 99999999999999999999 | DQueSegmentSize: \"99999999999999999999\" cannot be used; accepted is a whole number from 1 to 2147483647",
        "DQueMaxBytes | 1T | DQueMaxBytes: \"1T\" cannot be used; accepted is a size above 0 such as 512M, 1G or a number of bytes",
        "DQueMaxBytes | 0 | DQueMaxBytes: \"0\" cannot be used; accepted is a size above 0 such as 512M, 1G or a number of bytes",
        "DQueSync | sometimes | DQueSync: \"sometimes\" cannot be used; accepted is normal (or false), full (or true)",
        "DQueFullPolicy | drop | DQueFullPolicy: \"drop\" cannot be used; accepted is retry, drop_newest, drop_oldest",
        "DQueName | a/b | DQueName: \"a/b\" cannot be used; accepted is the name of one folder, without /",
        "DQueName | .. | DQueName: \"..\" cannot be used; accepted is the name of one folder, without /",
        "Compression | 2 | Compression: \"2\" cannot be used; accepted is 0 or none, 1 or gzip, zstd",
        "HTTPEncoding | xml | HTTPEncoding: \"xml\" cannot be used; accepted is protobuf, json",
        "http_version | 3 | http_version: \"3\" cannot be used; accepted is auto, 1.1, 2",
        "Endpoint | localhost | Endpoint: \"localhost\" cannot be used; accepted is host:port, [IPv6]:port, dns:///host:port, or a URL that begins with http:// or https://",
        "Endpoint | localhost:0 | Endpoint: \"localhost:0\" cannot be used: the port is not between 1 and 65535; accepted is host:port, [IPv6]:port, dns:///host:port, or a URL that begins with http:// or https://",
        "Endpoint | ftp://localhost | Endpoint: \"ftp://localhost\" cannot be used; accepted is host:port, [IPv6]:port, dns:///host:port, or a URL that begins with http:// or https://",
        "Endpoint | http://a/ b | Endpoint: \"http://a/ b\" cannot be used: the URL's path has a character that must be percent-encoded; accepted is host:port, [IPv6]:port, dns:///host:port, or a URL that begins with http:// or https://",
        "EndpointUrlPath | v1/logs | EndpointUrlPath: \"v1/logs\" cannot be used; accepted is a path such as /v1/logs, without spaces and colons",
        "TLSMinVersion | 1.4 | TLSMinVersion: \"1.4\" cannot be used; accepted is 1.0, 1.1, 1.2, 1.3",
        "TLSMaxVersion | 1.1 | TLSMaxVersion: \"1.1\" is below TLSMinVersion (1.2); accepted is 1.2 or higher",
        "TLSCertFile | c.pem | TLSCertFile is set and TLSKeyFile is not; accepted are both or none",
        "TLSKeyFile | k.pem | TLSKeyFile is set and TLSCertFile is not; accepted are both or none",
        "RetryMaxInterval | 4s | RetryMaxInterval: 4.0s is below RetryInitialInterval (5.0s); accepted is 5.0s or more",
        "DQueTotalMaxBytes | 1M | DQueTotalMaxBytes: 1000000 bytes are less than DQueMaxBytes (1000000000 bytes); accepted is DQueMaxBytes or more",
        "DynamicHostRegex | ^shoot( | DynamicHostRegex: \"^shoot(\" cannot be used: the expression is wrong: missing closing ) at ^shoot(; accepted is a regular expression of RE2, as in Go, or * for everything",
        "DynamicHostRegex | [[:letter:]] | DynamicHostRegex: \"[[:letter:]]\" cannot be used: the expression is wrong: invalid character class range at [:letter:]; accepted is a regular expression of RE2, as in Go, or * for everything",
        "DynamicHostRegex | shoot) | DynamicHostRegex: \"shoot)\" cannot be used: the expression is wrong: unexpected ); accepted is a regular expression of RE2, as in Go, or * for everything",
        "DynamicHostRegex | shoot(?=-) | DynamicHostRegex: \"shoot(?=-)\" cannot be used: the expression is wrong: invalid or unsupported Perl syntax at (?=; accepted is a regular expression of RE2, as in Go, or * for everything",
        "DynamicHostRegex | (a{1000}){1000} | DynamicHostRegex: \"(a{1000}){1000}\" cannot be used: the expression is too complex: it nests too deeply, repeats too often, or is too long; accepted is a regular expression of RE2, as in Go, or * for everything",
        "DynamicHostPath | kubernetes | DynamicHostPath: \"kubernetes\" cannot be used: it is not valid JSON at line 1, column 1; accepted is JSON such as {\"kubernetes\": {\"namespace_name\": \"namespace\"}}",
        "DynamicHostPath | {\"a\": 1} | DynamicHostPath: \"{\"a\": 1}\" cannot be used: an object or a string is expected at line 1, column 7; accepted is JSON such as {\"kubernetes\": {\"namespace_name\": \"namespace\"}}",
        "DynamicHostPath | {\"a\": \"b\", \"c\": \"d\"} | DynamicHostPath: \"{\"a\": \"b\", \"c\": \"d\"}\" cannot be used: each object may have one key only at line 1, column 12; accepted is JSON such as {\"kubernetes\": {\"namespace_name\": \"namespace\"}}",
        "DynamicHostPath | {\"a\": {}} | DynamicHostPath: \"{\"a\": {}}\" cannot be used: a key is expected at line 1, column 8; accepted is JSON such as {\"kubernetes\": {\"namespace_name\": \"namespace\"}}",
        "DynamicHostPath | [] | DynamicHostPath: \"[]\" cannot be used: an object is expected at line 1, column 1; accepted is JSON such as {\"kubernetes\": {\"namespace_name\": \"namespace\"}}",
        "DynamicHostPath | {\"a\": \"b\"} c | DynamicHostPath: \"{\"a\": \"b\"} c\" cannot be used: it is not valid JSON at line 1, column 12; accepted is JSON such as {\"kubernetes\": {\"namespace_name\": \"namespace\"}}",
        "OpenTelemetryCollectorLabelSelector | app=otel,=x | OpenTelemetryCollectorLabelSelector: \"app=otel,=x\" cannot be used: the selector is wrong at index 9; accepted is a label selector such as k=v,k in (a,b), or a JSON LabelSelector",
        "OpenTelemetryCollectorLabelSelector | k in a | OpenTelemetryCollectorLabelSelector: \"k in a\" cannot be used: the selector is wrong at index 0; accepted is a label selector such as k=v,k in (a,b), or a JSON LabelSelector",
        "OpenTelemetryCollectorLabelSelector | app=a/b | OpenTelemetryCollectorLabelSelector: \"app=a/b\" cannot be used: the selector is wrong at index 0; accepted is a label selector such as k=v,k in (a,b), or a JSON LabelSelector",
        "OpenTelemetryCollectorLabelSelector | app=otel, | OpenTelemetryCollectorLabelSelector: \"app=otel,\" cannot be used: the selector is wrong at index 9; accepted is a label selector such as k=v,k in (a,b), or a JSON LabelSelector",
        "OpenTelemetryCollectorLabelSelector | {\"matchLabels\": 1} | OpenTelemetryCollectorLabelSelector: \"{\"matchLabels\": 1}\" cannot be used: an object of strings is expected at line 1, column 17; accepted is a label selector such as k=v,k in (a,b), or a JSON LabelSelector",
        "OpenTelemetryCollectorLabelSelector | {\"match\": {}} | OpenTelemetryCollectorLabelSelector: \"{\"match\": {}}\" cannot be used: matchLabels or matchExpressions is expected at line 1, column 2; accepted is a label selector such as k=v,k in (a,b), or a JSON LabelSelector",
        "OpenTelemetryCollectorLabelSelector | {\"matchExpressions\":[{\"key\":\"k\",\"operator\":\"Is\"}]} | OpenTelemetryCollectorLabelSelector: \"{\"matchExpressions\":[{\"key\":\"k\",\"operator\":\"Is\"}]}\" cannot be used: In, NotIn, Exists or DoesNotExist is expected at line 1, column 48; accepted is a label selector such as k=v,k in (a,b), or a JSON LabelSelector",
        "OpenTelemetryCollectorLabelSelector | {\"matchExpressions\":[{\"key\":\"k\",\"operator\":\"In\"}]} | OpenTelemetryCollectorLabelSelector: \"{\"matchExpressions\":[{\"key\":\"k\",\"operator\":\"In\"}]}\" cannot be used: In and NotIn take values, the others none at line 1, column 48; accepted is a label selector such as k=v,k in (a,b), or a JSON LabelSelector",
        "OpenTelemetryCollectorLabelSelector | {\"matchLabels\":{\"a b\":\"c\"}} | OpenTelemetryCollectorLabelSelector: \"{\"matchLabels\":{\"a b\":\"c\"}}\" cannot be used: the label's key or a value is wrong at line 1, column 23; accepted is a label selector such as k=v,k in (a,b), or a JSON LabelSelector",
        "OpenTelemetryCollectorLabelSelector | {\"matchLabels\": | OpenTelemetryCollectorLabelSelector: \"{\"matchLabels\":\" cannot be used: it is not valid JSON at line 1, column 16; accepted is a label selector such as k=v,k in (a,b), or a JSON LabelSelector",
        "KubernetesAttributes | none | KubernetesAttributes: \"none\" cannot be used; accepted is resource, log, both",
        "SeverityKeys | a,,b | SeverityKeys: \"a,,b\" cannot be used; accepted is names, separated by commas",
        "PodLabels | , | PodLabels: \",\" cannot be used; accepted is names, separated by commas",
        "BodyFormat | text | BodyFormat: \"text\" cannot be used; accepted is json, message, structured",
        "BodyKeys | log,,msg | BodyKeys: \"log,,msg\" cannot be used; accepted is names, separated by commas",
        "LogLevel | loud | LogLevel: \"loud\" cannot be used; accepted is error, warn (or warning), info, debug, trace",
        "SendLogsToMainClusterWhenIsInReadyState | 2 | SendLogsToMainClusterWhenIsInReadyState: \"2\" cannot be used; accepted is true or false (also 1, t, on, yes, 0, f, off, no)",
      })
  void shouldNameTheSettingItsValueAndWhatIsAccepted(String name, String value, String message) {
    assertEquals(message, messageOf(name, value));
  }

  @Test
  void shouldNameBothPartsOfATagExpression() {
    assertEquals(
        "TagPrefix and TagExpression: \"kube(\\.x\" cannot be used: the expression is wrong:"
            + " missing closing ) at kube(\\.x; accepted are two parts of one regular expression",
        messageOf("TagPrefix", "kube(", "TagExpression", "\\.x"));
  }

  @Test
  void shouldRejectATagExpressionWithoutFourGroupsWhereItIsUsed() throws ConfigException {
    assertEquals(
        "TagPrefix and TagExpression: \"kubernetes\\.var\\.log\\.containers(a)_(b)\" has 2 groups;"
            + " accepted are the four of pod, namespace, container and container id",
        messageOf("TagExpression", "(a)_(b)", "FallbackToTagWhenMetadataIsMissing", "true"));
    assertFalse(ConfigReader.parse(Sections.of("TagExpression", "(a)_(b)")).metadata().fallbackToTag());
  }

  @Test
  void shouldNameBothSpellingsThatContradictEachOther() {
    assertEquals(
        "DQueSync and dque_sync are two names of one setting and have different values;"
            + " accepted is one of them",
        messageOf("DQueSync", "normal", "dque_sync", "full"));
    assertEquals(
        "SendLogsToSeedWhenShootIsInReadyState and SendLogsToDefaultClientWhenClusterIsInReadyState"
            + " are two names of one setting and have different values; accepted is one of them",
        messageOf(
            "SendLogsToSeedWhenShootIsInReadyState", "true",
            "SendLogsToDefaultClientWhenClusterIsInReadyState", "false"));
  }

  @Test
  void shouldAcceptTwoSpellingsThatAgree() throws ConfigException {
    assertEquals(
        QueueSync.FULL,
        ConfigReader.parse(Sections.of("DQueSync", "full", "dque_sync", "'full'")).queue().sync());
  }

  @Test
  void shouldBoundTheMessageToOneLine() {
    String message = messageOf("Timeout", "a\nb\u001b[0m" + "x".repeat(10_000));

    assertTrue(message.startsWith("Timeout: \"a?b?[0mxxx"), message);
    assertTrue(message.length() < 300, message);

    String expression = messageOf("DynamicHostRegex", "(\n" + "x".repeat(10_000));
    assertTrue(expression.startsWith("DynamicHostRegex: \"(?xxx"), expression);
    assertTrue(expression.length() < 300, expression);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "Authorization s3cret,X",
        "{\"Authorization\": \"s3cret\"",
        "{\"Authorization\": s3cret}",
        "{\"Authorization\": {\"s3cret\": 1}}",
        "{\"Authorization\": \"s3cret\", \"authorization\": \"s3cret\"}",
        "{\"a\": \"s3cret\", \"a\": \"s3cret\"}",
        "{\"s3cret s3cret\": \"s3cret\"}",
        "{\"token-bin\": \"s3cret\"}",
        "{\"Authorization\": \"s3cret\\n\"}",
        "{\"Authorization\": \"s3cret\"} s3cret",
        "Authorization s3cret\u00e9",
      })
  void shouldNeverShowHeaders(String headers) {
    ConfigException error =
        assertThrows(
            ConfigException.class, () -> ConfigReader.parse(Sections.of("Headers", headers)));

    assertTrue(error.getMessage().startsWith("Headers: value hidden, cannot be used"));
    assertFalse(error.getMessage().contains("s3cret"), error.getMessage());
    assertFalse(error.getMessage().contains("Authorization"), error.getMessage());
    assertNull(error.getCause());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Headers", "ShootHeaders"})
  void shouldNameAReservedHeader(String key) {
    for (String name : new String[] {"Content-Type", "host", "Transfer-Encoding"}) {
      assertEquals(
          key + ": value hidden, cannot be used: header 2 is '" + name.toLowerCase()
              + "', which cannot be set; accepted is a JSON object of strings, or key value,key value",
          messageOf(key, "a b," + name + " s3cret"));
    }
  }

  @Test
  void shouldRejectOtherPlaceholdersThanTheNamespace() {
    assertEquals(
        "ShootHeaders: value hidden, cannot be used: header 2 has another placeholder than"
            + " {namespace}; accepted is a JSON object of strings, or key value,key value",
        messageOf("ShootHeaders", "a {namespace},X-Scope-OrgID s3cret-{name}"));
  }

  @Test
  void shouldNameThePositionOfAnInvalidHeader() {
    assertEquals(
        "Headers: value hidden, cannot be used: header 2 has no value;"
            + " accepted is a JSON object of strings, or key value,key value",
        messageOf("Headers", "a b,c"));
    assertEquals(
        "Headers: value hidden, cannot be used: a string is expected at line 1, column 14;"
            + " accepted is a JSON object of strings, or key value,key value",
        messageOf("Headers", "{\"token\":    12}"));
  }

  @ParameterizedTest
  @CsvSource({
    "HTTPProxy, http://user:s3cret@",
    "HTTPProxy, user:s3cret@proxy",
    "Endpoint, https://user:s3cret@host name",
    "Endpoint, user:s3cret@host",
    "EndpointUrl, ftp://user:s3cret@host",
    "endpoint_url, //user:s3c@s3cret@host",
  })
  void shouldNeverShowCredentials(String name, String value) {
    String message = messageOf(name, value);

    assertTrue(message.startsWith(name + ": "), message);
    assertFalse(message.contains("s3cret"), message);
  }

  private static String messageOf(String... namesAndValues) {
    return assertThrows(
            ConfigException.class, () -> ConfigReader.parse(Sections.of(namesAndValues)))
        .getMessage();
  }
}
