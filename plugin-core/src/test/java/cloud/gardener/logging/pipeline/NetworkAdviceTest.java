package cloud.gardener.logging.pipeline;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.LoggedLines;
import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.keys.ConfigReader;
import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.export.clients.RawServer;
import cloud.gardener.logging.export.tls.Pki;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The log line about a backend that cannot be reached, with the real messages of both transports. */
class NetworkAdviceTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void shouldNameTheEndpointWhereNothingListens(String type) throws Exception {
    String port = freePort();
    String line = lineOf(type, "127.0.0.1:" + port);
    assertTrue(line.contains("127.0.0.1:" + port + " accepts no records, they wait on disk: "), line);
    assertTrue(line.contains("Connection refused: /127.0.0.1:" + port), line);
    assertTrue(line.endsWith(". Nothing listens there: check the port, and whether the backend or the proxy runs"), line);
  }

  @Test
  void shouldAdviseOnTheStatusPage() throws Exception {
    PluginConfig config = config("otlp_grpc", "127.0.0.1:" + freePort(), Map.of("MetricsPort", freePort()));
    try (Output output = Output.open(config, Flocks.FREE)) {
      send(output);
      URI page = URI.create("http://127.0.0.1:" + config.metricsPort() + "/?format=text");
      RoutedOutput.await("the advice", () -> read(page).contains(". Nothing listens there: check the port, and"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void shouldSayThatANameIsUnknown(String type) throws Exception {
    String line = lineOf(type, "nowhere.invalid:4317");
    assertTrue(line.contains("nowhere.invalid:4317 accepts no records"), line);
    assertTrue(line.endsWith("check the endpoint, and the DNS policy of the pod"), line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void shouldSayThatThereIsNoAnswer(String type) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String line =
          lineOf(type, "127.0.0.1:" + silent.getLocalPort(), Map.of("Insecure", "true", "Timeout", "500ms"));
      assertTrue(line.endsWith("network policies and firewalls, or raise Timeout"), line);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void shouldSayHowToTrustAnUnknownAuthority(String type) throws Exception {
    String line = lineOfTls(type, Pki.localhostCertificate().buildIssuedBy(Pki.authority("CN=somebody")), Map.of());
    assertTrue(line.contains("its issuer is not among the trusted authorities"), line);
    assertTrue(line.endsWith("Name the authority of the server's certificate with TLSCAFile"), line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void shouldSayThatACertificateHasExpired(String type) throws Exception {
    String line = lineOfTls(type, Pki.expired(Pki.localhostCertificate()).buildIssuedBy(Pki.CA), Map.of());
    assertTrue(line.endsWith("Renew the certificate of the backend, or correct the clock of this machine"), line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void shouldSayThatACertificateIsNotValidYet(String type) throws Exception {
    X509Bundle future = Pki.localhostCertificate().notBefore(Instant.now().plus(Duration.ofDays(1))).buildIssuedBy(Pki.CA);
    String line = lineOfTls(type, future, Map.of());
    assertTrue(line.endsWith("Correct the clock of this machine, or the certificate of the backend"), line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void shouldSayWhichNameToSet(String type) throws Exception {
    X509Bundle other =
        new CertificateBuilder().subject("CN=b").addSanDnsName("b.example").buildIssuedBy(Pki.CA);
    String line = lineOfTls(type, other, Map.of());
    assertTrue(line.contains("wrong name ("), line);
    assertTrue(line.endsWith("Use a name of the certificate in the endpoint, or set TLSServerName to one"), line);
  }

  @ParameterizedTest
  @CsvSource({"otlp_grpc,TLSv1.2", "otlp_grpc,TLSv1.3", "otlp_http,TLSv1.2", "otlp_http,TLSv1.3"})
  void shouldSayThatTheServerAsksForACertificate(String type, String version) throws Exception {
    try (TlsPeer peer = TlsPeer.start(Pki.localhostCertificate().buildIssuedBy(Pki.CA), version, true)) {
      String line = lineOf(type, peer.address(), trusting(Map.of()));
      assertAsksForACertificate(line);
    }
  }

  @ParameterizedTest
  @CsvSource({"otlp_grpc,TLSv1.2", "otlp_grpc,TLSv1.3", "otlp_http,TLSv1.2", "otlp_http,TLSv1.3"})
  void shouldSayThatTheServerDoesNotTrustTheClient(String type, String version) throws Exception {
    X509Bundle stranger =
        new CertificateBuilder().subject("CN=stranger").buildIssuedBy(Pki.authority("CN=somebody"));
    Pki.write(folder, stranger, Pki.CA);
    try (TlsPeer peer = TlsPeer.start(Pki.localhostCertificate().buildIssuedBy(Pki.CA), version, true)) {
      Map<String, String> keys =
          Map.of("TLSCertFile", folder + "/tls.crt", "TLSKeyFile", folder + "/tls.key", "TLSCAFile", folder + "/ca.crt");
      String line = lineOf(type, peer.address(), keys);
      assertAsksForACertificate(line);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void shouldSayThatThereIsNoCommonTlsVersion(String type) throws Exception {
    try (TlsPeer peer = TlsPeer.start(Pki.localhostCertificate().buildIssuedBy(Pki.CA), "TLSv1.2", false)) {
      String line = lineOf(type, peer.address(), trusting(Map.of("TLSMinVersion", "1.3")));
      assertTrue(line.endsWith("Check TLSMinVersion and TLSMaxVersion, and the versions of the backend"), line);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void shouldSayThatTheProxyRefusesTheBackend(String type) throws Exception {
    try (RawServer proxy = new RawServer(NetworkAdviceTest::refuse)) {
      String line = lineOf(type, "collector.example.com:4317", Map.of("HTTPProxy", proxy.address()));
      assertTrue(line.contains("403"), line);
      assertTrue(line.endsWith("whether the proxy allows CONNECT to this address"), line);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void shouldNameTheProxyThatDoesNotListen(String type) throws Exception {
    String port = freePort();
    String line = lineOf(type, "collector.example.com:4317", Map.of("HTTPProxy", "127.0.0.1:" + port));
    assertTrue(line.contains("/127.0.0.1:" + port), line);
    assertTrue(line.endsWith("Nothing listens there: check the port, and whether the backend or the proxy runs"), line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp_grpc", "otlp_http"})
  void shouldSayThatTheConnectionIsReset(String type) throws Exception {
    try (RawServer server = new RawServer(NetworkAdviceTest::reset)) {
      String line = lineOf(type, server.address());
      assertTrue(line.contains("the server ended the connection without an answer to "), line);
      assertTrue(line.contains("check the endpoint's port, Insecure"), line);
    }
  }

  /** Servers differ in the alert, and with it in the rest of the line. */
  private static void assertAsksForACertificate(String line) {
    assertTrue(line.toLowerCase(Locale.ROOT).contains("the backend asks for a client certificate"), line);
    assertTrue(line.contains("TLSCertFile"), line);
  }

  private static void refuse(Socket client) throws IOException {
    client.getOutputStream().write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
    client.getInputStream().readAllBytes();
  }

  private static void reset(Socket client) throws IOException {
    client.getInputStream().read();
    client.setSoLinger(true, 0);
  }

  @Test
  void shouldAddNothingToWhatItDoesNotKnow() {
    assertEquals("HTTP 503: busy", NetworkAdvice.addTo("HTTP 503: busy"));
  }

  private String lineOfTls(String type, X509Bundle identity, Map<String, String> keys) throws Exception {
    try (TlsPeer peer = TlsPeer.start(identity, "TLSv1.3", false)) {
      return lineOf(type, peer.address(), trusting(keys));
    }
  }

  /** The keys, and one that trusts {@link Pki#CA}. */
  private Map<String, String> trusting(Map<String, String> keys) throws Exception {
    Files.writeString(folder.resolve("trusted.crt"), Pki.CA.getCertificatePEM());
    Map<String, String> all = new HashMap<>(keys);
    all.put("TLSCAFile", folder.resolve("trusted.crt").toString());
    return all;
  }

  private String lineOf(String type, String endpoint) throws Exception {
    return lineOf(type, endpoint, Map.of("Insecure", "true"));
  }

  private String lineOf(String type, String endpoint, Map<String, String> keys) throws Exception {
    try (LoggedLines lines = new LoggedLines(TargetLog.class);
        Output output = Output.open(config(type, endpoint, keys), Flocks.FREE)) {
      send(output);
      RoutedOutput.await("the line", () -> !lines.containing("accepts no records").isEmpty());
      return lines.containing("accepts no records").get(0);
    }
  }

  private PluginConfig config(String type, String endpoint, Map<String, String> keys) throws Exception {
    Map<String, String> section = new HashMap<>();
    section.put("SeedType", type);
    section.put("Endpoint", endpoint);
    section.put("DQueDir", folder.resolve("queues").toString());
    section.put("DQueBatchProcessorExportInterval", "10ms");
    section.put("MetricsPort", "0");
    section.put("ShutdownGrace", "0s");
    section.putAll(keys);
    return ConfigReader.parse(section::get);
  }

  private static void send(Output output) {
    MsgPack chunk = new MsgPack();
    chunk.event(1_700_000_000, 0, Map.of(), Map.of("log", "text"));
    output.flush(chunk.chunk(), "kubernetes.pod");
  }

  private static String read(URI page) {
    try (InputStream in = page.toURL().openStream()) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(free.getLocalPort());
    }
  }
}
