package cloud.gardener.logging.seed;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;

/** An authority, and folders of {@code tls.crt}, {@code tls.key} and {@code ca.crt} of what it has issued. */
final class Certificates {
  private final Path folder;
  private final X509Bundle authority;

  /** {@code folder} is where the files go. */
  Certificates(Path folder) throws Exception {
    this.folder = folder;
    this.authority = newAuthority();
  }

  private static X509Bundle newAuthority() throws Exception {
    return new CertificateBuilder()
        .subject("CN=authority")
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }

  /** A server's, for this machine. */
  Path server() throws Exception {
    return write(
        "server",
        new CertificateBuilder()
            .subject("CN=backend")
            .addSanIpAddress("127.0.0.1")
            .buildIssuedBy(authority));
  }

  /** A client's, which a server of this authority takes. */
  Path client() throws Exception {
    return write("client", new CertificateBuilder().subject("CN=node").buildIssuedBy(authority));
  }

  /** A client's of another authority; it trusts this one. */
  Path stranger() throws Exception {
    return write("stranger", new CertificateBuilder().subject("CN=node").buildIssuedBy(newAuthority()));
  }

  private Path write(String name, X509Bundle issued) throws Exception {
    Path written = Files.createDirectories(folder.resolve(name));
    Files.writeString(written.resolve("tls.crt"), issued.getCertificatePathPEM());
    Files.writeString(written.resolve("tls.key"), issued.getPrivateKeyPEM());
    Files.writeString(written.resolve("ca.crt"), authority.getCertificatePEM());
    return written;
  }
}
