package cloud.gardener.logging.export.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.export.ExportException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsVersionsTest {
  private static final Set<String> NONE_OFF = Set.of("SSLv3", "RC4");
  private static final Set<String> OLD_OFF = Set.of("SSLv3", "TLSv1", "TLSv1.1", "RC4");

  @ParameterizedTest
  @CsvSource({
    "1.2, '', HTTP, 'TLSv1.2 TLSv1.3'",
    "1.2, 1.2, HTTP, TLSv1.2",
    "1.3, '', GRPC, TLSv1.3",
    "1.1, '', HTTP, 'TLSv1.1 TLSv1.2 TLSv1.3'",
    "1.0, 1.1, HTTP_1, 'TLSv1 TLSv1.1'",
    "1.0, '', GRPC, 'TLSv1.2 TLSv1.3'",
    "1.0, '', HTTP_2, 'TLSv1.2 TLSv1.3'"
  })
  void shouldOfferTheConfiguredVersions(String min, String max, TlsUse use, String offered)
      throws ExportException {
    assertEquals(offered, String.join(" ", TlsVersions.of(config(min, max), use, NONE_OFF)));
  }

  @Test
  void shouldLeaveOutVersionsThatTheJvmDisables() throws ExportException {
    assertEquals(
        "TLSv1.2 TLSv1.3",
        String.join(" ", TlsVersions.of(config("1.0", ""), TlsUse.HTTP, OLD_OFF)));
  }

  @Test
  void shouldNameTheReasonWhenNoVersionIsLeft() {
    assertEquals(
        "TLSMaxVersion '1.1': HTTP/2 needs TLS 1.2 or newer",
        assertThrows(
                ExportException.class,
                () -> TlsVersions.of(config("1.0", "1.1"), TlsUse.GRPC, NONE_OFF))
            .getMessage());
    assertEquals(
        "TLSMaxVersion '1.1': the JVM has these versions switched off"
            + " (jdk.tls.disabledAlgorithms)",
        assertThrows(
                ExportException.class,
                () -> TlsVersions.of(config("1.0", "1.1"), TlsUse.HTTP, OLD_OFF))
            .getMessage());
  }

  private static TlsConfig config(String min, String max) {
    return new TlsConfig("", "", "", "", false, min, max);
  }
}
