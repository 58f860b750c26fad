package cloud.gardener.logging.export.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NO_PROXY means what it means in Go. */
class NoProxyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | localhost | true",
        "'' | LocalHost | true",
        "'' | 127.0.0.1 | true",
        "'' | 127.9.9.9 | true",
        "'' | ::1 | true",
        "'' | collector.example | false",
        "'' | 10.0.0.1 | false",
        "* | collector.example | true",
        "a,* | 10.0.0.1 | true",
        "example | example | true",
        "EXAMPLE | a.example | true",
        "example | a.Example | true",
        "example | notexample | false",
        ".example | example | false",
        ".example | a.example | true",
        "*.example | a.b.example | true",
        "*.example | example | false",
        "' a , b ' | b | true",
        "example:4317 | a.example | true",
        "example:4318 | a.example | false",
        "example: | example | true",
        ":4317 | example | false",
        "10.1.2.3 | 10.1.2.3 | true",
        "10.1.2.3:4317 | 10.1.2.3 | true",
        "10.1.2.3:80 | 10.1.2.3 | false",
        "10.1.2.3 | 10.1.2.30 | false",
        "fd00::1 | fd00:0::1 | true",
        "[fd00::1]:4317 | fd00::1 | true",
        "[fd00::1]:80 | fd00::1 | false",
        "10.0.0.0/8 | 10.200.0.1 | true",
        "10.0.0.0/8 | 11.0.0.1 | false",
        "10.0.0.0/8 | 10.example | false",
        "10.0.0.0/99 | 10.0.0.1 | false",
        "x/8 | 10.0.0.1 | false",
        "0.0.0.0/0 | 8.8.8.8 | true",
        "0.0.0.0/0 | fd00::1 | false",
        "fd00::/8 | fdab::1 | true",
        "fd00::/8 | 10.0.0.1 | false",
      })
  void shouldCoverAsGoDoes(String list, String host, boolean covered) {
    assertEquals(covered, NoProxy.of(list).matches(host, 4317));
  }
}
