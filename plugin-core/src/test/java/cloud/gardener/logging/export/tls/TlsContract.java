package cloud.gardener.logging.export.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.Compression;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.clients.Backend;
import cloud.gardener.logging.export.clients.ExportClients;
import cloud.gardener.logging.export.clients.Exports;
import cloud.gardener.logging.export.clients.LogCapture;
import cloud.gardener.logging.export.transport.Reloading;
import io.netty.handler.ssl.SslContext;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for TLS whatever is sent through it. */
public abstract class TlsContract {
  private static final EndpointConfig SECURE =
      Exports.config(false, Compression.NONE, Exports.LONG, Map.of());

  @TempDir Path folder;

  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1000);
  private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
  private Path systemRoots;
  private ExportClients clients;
  private Backend backend;

  public abstract TargetType type();

  /** Starts a server; null for plaintext. */
  public abstract Backend start(SslContext tls) throws Exception;

  @BeforeEach
  void open() {
    systemRoots = folder.resolve("system.crt");
    clients =
        new ExportClients(
            ExportListener.NONE,
            OutputStream.nullOutputStream(),
            Duration.ofMinutes(1),
            name -> name.equals("SSL_CERT_FILE") ? systemRoots.toString() : null,
            nanoTime::get);
  }

  @AfterEach
  void close() {
    clients.close();
    if (backend != null) {
      backend.close();
    }
  }

  @Test
  void shouldTrustTheAuthoritiesOfTheFile() throws Exception {
    startBackend(Pki.localhostCertificate().buildIssuedBy(Pki.CA));
    assertEquals(ExportResult.Accepted.ALL, export(trustingConfig()));
    assertEquals(1, backend.requests());
  }

  @Test
  void shouldTrustTheSystemsAuthorities() throws Exception {
    Files.writeString(systemRoots, Pki.CA.getCertificatePEM());
    startBackend(Pki.localhostCertificate().buildIssuedBy(Pki.CA));
    assertEquals(ExportResult.Accepted.ALL, export(Exports.NO_TLS_KEYS));
  }

  @Test
  void shouldTrustOnlyTheFileWhenItIsSet() throws Exception {
    Files.writeString(systemRoots, Pki.CA.getCertificatePEM());
    startBackend(Pki.localhostCertificate().buildIssuedBy(Pki.CA));
    Pki.write(folder, Pki.client("any"), Pki.authority("CN=other authority"));
    assertRefused("its issuer is not among the trusted authorities", configOf(false, true));
  }

  @Test
  void shouldNameAnExpiredServer() throws Exception {
    startBackend(Pki.expired(Pki.localhostCertificate()).buildIssuedBy(Pki.CA));
    assertRefused("expired", trustingConfig());
  }

  @Test
  void shouldNameAServerThatIsNotValidYet() throws Exception {
    startBackend(
        Pki.localhostCertificate()
            .notBefore(Instant.now().plus(Duration.ofDays(1)))
            .buildIssuedBy(Pki.CA));
    assertRefused("not valid yet", trustingConfig());
  }

  @Test
  void shouldNameAServerOfAnotherName() throws Exception {
    startBackend(
        new CertificateBuilder()
            .subject("CN=127.0.0.1")
            .addSanDnsName("collector.example")
            .buildIssuedBy(Pki.CA));
    assertRefused("wrong name", trustingConfig());
  }

  @Test
  void shouldNameASelfSignedServer() throws Exception {
    startBackend(Pki.localhostCertificate().setIsCertificateAuthority(true).buildSelfSigned());
    assertRefused("self-signed", trustingConfig());
  }

  @Test
  void shouldNameAServerOfAnUnknownAuthority() throws Exception {
    startBackend(Pki.localhostCertificate().buildIssuedBy(Pki.authority("CN=somebody")));
    assertRefused("its issuer is not among the trusted authorities", trustingConfig());
  }

  @Test
  void shouldVerifyTheConfiguredServerName() throws Exception {
    startBackend(
        new CertificateBuilder()
            .subject("CN=backend")
            .addSanDnsName("collector.example")
            .buildIssuedBy(Pki.CA));
    TlsConfig named = with(trustingConfig(), "collector.example", false, "1.2", "");
    assertEquals(ExportResult.Accepted.ALL, export(named));
    assertRefused("wrong name", with(trustingConfig(), "other.example", false, "1.2", ""));
  }

  @Test
  void shouldTrustEveryServerOnlyWithInsecureSkipVerify() throws Exception {
    startBackend(
        Pki.expired(new CertificateBuilder().subject("CN=anybody"))
            .setIsCertificateAuthority(true)
            .buildSelfSigned());
    assertEquals(
        ExportResult.Accepted.ALL, export(with(Exports.NO_TLS_KEYS, "", true, "1.2", "")));
  }

  @Test
  void shouldNegotiateTheConfiguredVersions() throws Exception {
    backend =
        start(
            Pki.server(Pki.localhostCertificate().buildIssuedBy(Pki.CA)).protocols("TLSv1.2").build());
    assertEquals(ExportResult.Accepted.ALL, export(with(trustingConfig(), "", false, "1.2", "1.2")));
    assertInstanceOf(
        ExportResult.Retry.class, export(with(trustingConfig(), "", false, "1.3", "")));
  }

  @Test
  void shouldNeverFallBackToPlaintext() throws Exception {
    backend = start(null);
    ExportResult result = export(trustingConfig());
    assertInstanceOf(ExportResult.Retry.class, result);
    assertTrue(Exports.reason(result).contains("the server answers in plaintext HTTP/"), result::toString);
    assertEquals(0, backend.requests());
  }

  @Test
  void shouldRetryWhenPlaintextMeetsTls() throws Exception {
    startBackend(Pki.localhostCertificate().buildIssuedBy(Pki.CA));
    ExportClient client =
        clients.create(type(), Exports.plaintext(), Exports.NO_TLS_KEYS, Address.of(backend.address()));
    ExportResult result = Exports.export(client, Exports.request(1));
    assertInstanceOf(ExportResult.Retry.class, result);
    assertTrue(Exports.reason(result).contains("Insecure"), result::toString);
    assertEquals(0, backend.requests());
  }

  @Test
  void shouldPresentItsCertificate() throws Exception {
    backend = start(Pki.clientCertificateRecorder(Pki.localhostCertificate().buildIssuedBy(Pki.CA), seen));
    Pki.write(folder, Pki.client("client"), Pki.CA);
    assertEquals(ExportResult.Accepted.ALL, export(configOf(true, true)));
    assertEquals(List.of("CN=client"), List.copyOf(seen));
  }

  @Test
  void shouldRetryWithoutAClientCertificate() throws Exception {
    backend = start(Pki.clientCertificateRecorder(Pki.localhostCertificate().buildIssuedBy(Pki.CA), seen));
    assertInstanceOf(ExportResult.Retry.class, export(trustingConfig()));
    assertEquals(0, backend.requests());
  }

  @Test
  void shouldUseAReplacedCertificate() throws Exception {
    backend = start(Pki.clientCertificateRecorder(Pki.localhostCertificate().buildIssuedBy(Pki.CA), seen));
    replaceMountedFiles("first", Pki.client("first"));
    ExportClient client = client(configOf(true, true));
    assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(1)));
    backend.hold();
    CompletableFuture<ExportResult> inFlight = Exports.startExport(client, Exports.request(1));
    backend.awaitHeld(1);

    replaceMountedFiles("second", Pki.client("second"));
    nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(10));
    CompletableFuture<ExportResult> next = Exports.startExport(client, Exports.request(1));
    backend.awaitHeld(2);
    backend.release();

    assertEquals(ExportResult.Accepted.ALL, Exports.await(inFlight));
    assertEquals(ExportResult.Accepted.ALL, Exports.await(next));
    assertEquals(List.of("CN=first", "CN=second"), List.copyOf(seen));
    assertEquals(3, backend.requests());
    assertEquals(2, backend.accepted());
  }

  @Test
  void shouldKeepTheOldPairWhileTheNewOneIsHalfWritten() throws Exception {
    backend = start(Pki.clientCertificateRecorder(Pki.localhostCertificate().buildIssuedBy(Pki.CA), seen));
    Pki.write(folder, Pki.client("first"), Pki.CA);
    ExportClient client = client(configOf(true, true));
    Exports.export(client, Exports.request(1));
    X509Bundle second = Pki.client("second");
    try (LogCapture log = new LogCapture()) {
      Files.writeString(folder.resolve("tls.crt"), second.getCertificatePathPEM());
      exportThrice(client);
      assertWarning(log, "TLSKeyFile '" + folder.resolve("tls.key") + "': is not the key of");
    }
    try (LogCapture log = new LogCapture()) {
      String key = second.getPrivateKeyPEM();
      Files.writeString(folder.resolve("tls.key"), key.substring(0, key.length() / 2));
      exportThrice(client);
      assertWarning(log, "TLSKeyFile '" + folder.resolve("tls.key") + "': holds no private key");
    }
    assertEquals(List.of("CN=first"), List.copyOf(seen));
    Files.writeString(folder.resolve("tls.key"), second.getPrivateKeyPEM());
    exportThrice(client);
    assertEquals(List.of("CN=first", "CN=second"), List.copyOf(seen));
    assertEquals(2, backend.accepted());
  }

  @Test
  void shouldTrustNewAuthoritiesOfTheFile() throws Exception {
    X509Bundle next = Pki.authority("CN=next authority");
    startBackend(Pki.localhostCertificate().buildIssuedBy(next));
    ExportClient client = client(trustingConfig());
    assertInstanceOf(ExportResult.Retry.class, Exports.export(client, Exports.request(1)));
    Files.writeString(folder.resolve("ca.crt"), next.getCertificatePEM());
    assertInstanceOf(ExportResult.Retry.class, Exports.export(client, Exports.request(1)));
    nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(10));
    assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(1)));
  }

  @Test
  void shouldNotCreateAClientWithInvalidFiles() throws Exception {
    Pki.write(folder, Pki.client("client"), Pki.CA);
    Files.writeString(folder.resolve("ca.crt"), "nothing");
    assertRefusal("TLSCAFile '" + folder.resolve("ca.crt") + "': ", configOf(false, true));
    Files.delete(folder.resolve("tls.crt"));
    assertRefusal("TLSCertFile '" + folder.resolve("tls.crt") + "': ", configOf(true, false));
    Pki.write(folder, Pki.client("client"), Pki.CA);
    Files.writeString(folder.resolve("tls.key"), Pki.client("other").getPrivateKeyPEM());
    assertRefusal("TLSKeyFile '" + folder.resolve("tls.key") + "': ", configOf(true, false));
  }

  private void assertRefusal(String start, TlsConfig tls) {
    ExportException refusal = assertThrows(ExportException.class, () -> client(tls, "host:1"));
    assertTrue(refusal.getMessage().startsWith(start), refusal::getMessage);
    assertEquals(1, refusal.getMessage().lines().count());
  }

  private void exportThrice(ExportClient client) throws Exception {
    for (int i = 0; i < 3; i++) {
      nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(10));
      assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(1)));
    }
  }

  private static void assertWarning(LogCapture log, String part) {
    List<String> warnings = log.lines(Reloading.class, Level.WARNING);
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(warnings.get(0).contains(part), warnings.get(0));
  }

  /** As the kubelet does: a folder for each state, and a link that is replaced at once. */
  private void replaceMountedFiles(String state, X509Bundle identity) throws Exception {
    Path data = folder.resolve("..data");
    Pki.write(folder.resolve(state), identity, Pki.CA);
    Path link = Files.createSymbolicLink(folder.resolve("..tmp"), Path.of(state));
    Files.move(link, data, StandardCopyOption.ATOMIC_MOVE);
    for (String file : List.of("tls.crt", "tls.key", "ca.crt")) {
      if (Files.notExists(folder.resolve(file))) {
        Files.createSymbolicLink(folder.resolve(file), Path.of("..data", file));
      }
    }
  }

  private void startBackend(X509Bundle identity) throws Exception {
    backend = start(Pki.server(identity).build());
  }

  /** Trusts {@link Pki#CA}. */
  private TlsConfig trustingConfig() throws Exception {
    Pki.write(folder, Pki.client("unused"), Pki.CA);
    return configOf(false, true);
  }

  private TlsConfig configOf(boolean identity, boolean authorities) {
    return new TlsConfig(
        identity ? folder.resolve("tls.crt").toString() : "",
        identity ? folder.resolve("tls.key").toString() : "",
        authorities ? folder.resolve("ca.crt").toString() : "",
        "",
        false,
        "1.2",
        "");
  }

  private static TlsConfig with(
      TlsConfig tls, String serverName, boolean skipVerify, String min, String max) {
    return new TlsConfig(
        tls.certFile(), tls.keyFile(), tls.caFile(), serverName, skipVerify, min, max);
  }

  private void assertRefused(String word, TlsConfig tls) throws Exception {
    long before = backend.requests();
    ExportResult.Retry retry = assertInstanceOf(ExportResult.Retry.class, export(tls));
    String start = "the server's certificate is refused: " + word;
    assertTrue(retry.reason().contains(start), retry::reason);
    assertTrue(retry.reason().contains(", issued by 'CN="), retry::reason);
    assertEquals(before, backend.requests());
  }

  private ExportResult export(TlsConfig tls) throws Exception {
    return Exports.export(client(tls), Exports.request(1));
  }

  private ExportClient client(TlsConfig tls) throws ExportException {
    return client(tls, backend.address());
  }

  private ExportClient client(TlsConfig tls, String endpoint) throws ExportException {
    return clients.create(type(), SECURE, tls, Address.of(endpoint));
  }
}
