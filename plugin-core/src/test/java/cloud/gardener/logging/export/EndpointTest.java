package cloud.gardener.logging.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "localhost:4317, localhost, 4317, UNSAID, ''",
    "collector.garden.svc.cluster.local:1, collector.garden.svc.cluster.local, 1, UNSAID, ''",
    "10.0.0.1:65535, 10.0.0.1, 65535, UNSAID, ''",
    "[::1]:4317, ::1, 4317, UNSAID, ''",
    "dns:///collector:4317, collector, 4317, UNSAID, ''",
    "http://collector, collector, 80, PLAINTEXT, ''",
    "HTTPS://collector, collector, 443, TLS, ''",
    "https://collector:8443/otlp/v1/logs, collector, 8443, TLS, /otlp/v1/logs",
    "http://[fe80::1]:80/, fe80::1, 80, PLAINTEXT, /"
  })
  void shouldRead(String text, String host, int port, Endpoint.Security security, String path)
      throws ExportException {
    assertEquals(new Endpoint(host, port, security, path), Endpoint.parse("Endpoint", text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "collector", "collector:", ":4317", "collector:0", "collector:65536", "::1:4317",
        "ftp://collector:1", "https://", "https://collector:99999", "https://collector/?a=b",
        "https://collector/#a", "collector:4317/path", "unix:///run/otlp.sock"
      })
  void shouldRefuse(String text) {
    ExportException refusal =
        assertThrows(ExportException.class, () -> Endpoint.parse("Endpoint", text));
    assertTrue(refusal.getMessage().startsWith("Endpoint '" + text + "': "), refusal::getMessage);
  }

  @Test
  void shouldNotRepeatCredentials() {
    ExportException refusal =
        assertThrows(
            ExportException.class,
            () -> Endpoint.parse("Endpoint", "https://user:pa55word@collector"));
    assertFalse(refusal.getMessage().contains("pa55word"), refusal::getMessage);
  }

  @Test
  void shouldWriteAnAddressThatItReadsAgain() throws ExportException {
    for (String text : new String[] {"[::1]:4317", "collector:4317"}) {
      assertEquals(text, Endpoint.parse("Endpoint", text).address());
    }
  }
}
