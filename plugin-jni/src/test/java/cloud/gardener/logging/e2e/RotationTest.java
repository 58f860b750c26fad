package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Client certificates that are replaced as Kubernetes does it, by swapping a symlink, under load. */
@Tag("faults")
class RotationTest {
  private static final Duration IN_USE = Duration.ofSeconds(60);
  private static final int RECORDS_A_SECOND = 1_000;

  @TempDir Path folder;

  private LogFile logs;

  @Test
  void shouldUseTheNewCertificateAndKeepItWhileTheNextIsHalfWritten() throws Exception {
    logs = new LogFile(folder.resolve("pod.log"), 0);
    X509Bundle authority =
        new CertificateBuilder()
            .subject("CN=authority")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    X509Bundle backend =
        new CertificateBuilder()
            .subject("CN=backend")
            .addSanIpAddress("127.0.0.1")
            .buildIssuedBy(authority);
    X509Bundle first = client("first", authority);
    X509Bundle second = client("second", authority);
    Path served = write("backend", backend, backend, authority);
    mount(write("1", first, first, authority));
    try (SinkProcess sink = SinkProcess.startTls(served);
        HostProcess host = HostProcess.start(folder, configuration(sink).toString())) {
      Load load = Load.start(logs, RECORDS_A_SECOND);
      try {
        host.await("the first certificate", () -> sink.client().equals("CN=first"));
        long startNs = System.nanoTime();
        mount(write("2", second, second, authority));
        host.await("the second certificate", () -> sink.client().equals("CN=second"));
        Duration took = Duration.ofNanos(System.nanoTime() - startNs);
        assertTrue(took.compareTo(IN_USE) < 0, "in use only after " + took);

        mount(write("3", client("third", authority), first, authority));
        host.awaitLine(line -> line.contains("cannot be used, so what was read before stays in use"));
        long before = sink.records();
        host.await("records after that", () -> sink.records() > before);
        assertEquals("CN=second", sink.client());
        System.out.printf("certificate rotation: in use after %.1f s%n", took.toMillis() / 1e3);
      } finally {
        load.stop();
      }
      host.await("all records", () -> sink.records() >= logs.next());
      assertEquals(new SinkProcess.Tally(logs.next(), 0, 0), sink.tally(0, logs.next() - 1));
    }
  }

  private Configuration configuration(SinkProcess sink) {
    Path mounted = folder.resolve("data");
    return new Configuration(logs.path(), folder.resolve("queue"))
        .to(sink.port())
        .output("Insecure", "false")
        .output("TLSCertFile", mounted.resolve("tls.crt").toString())
        .output("TLSKeyFile", mounted.resolve("tls.key").toString())
        .output("TLSCAFile", mounted.resolve("ca.crt").toString());
  }

  private static X509Bundle client(String name, X509Bundle authority) throws Exception {
    return new CertificateBuilder().subject("CN=" + name).buildIssuedBy(authority);
  }

  private Path write(String name, X509Bundle certificate, X509Bundle key, X509Bundle authority)
      throws Exception {
    Path written = Files.createDirectory(folder.resolve(name));
    Files.writeString(written.resolve("tls.crt"), certificate.getCertificatePathPEM());
    Files.writeString(written.resolve("tls.key"), key.getPrivateKeyPEM());
    Files.writeString(written.resolve("ca.crt"), authority.getCertificatePEM());
    return written;
  }

  /** Has the folder that the plugin reads be another one from now on, in one step. */
  private void mount(Path written) throws Exception {
    Path fresh = Files.createSymbolicLink(folder.resolve("data_tmp"), written);
    Files.move(fresh, folder.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
  }
}
