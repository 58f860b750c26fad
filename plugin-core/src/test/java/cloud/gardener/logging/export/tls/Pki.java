package cloud.gardener.logging.export.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Certificates made for a test. */
public final class Pki {
  public static final X509Bundle CA = authority("CN=test authority");

  private Pki() {}

  public static X509Bundle authority(String subject) {
    try {
      return new CertificateBuilder()
          .subject(subject)
          .setIsCertificateAuthority(true)
          .buildSelfSigned();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** For localhost and 127.0.0.1. */
  public static CertificateBuilder localhostCertificate() {
    return new CertificateBuilder()
        .subject("CN=backend")
        .addSanDnsName("localhost")
        .addSanIpAddress("127.0.0.1");
  }

  public static CertificateBuilder expired(CertificateBuilder builder) {
    Instant now = Instant.now();
    return builder
        .notBefore(now.minus(Duration.ofDays(30)))
        .notAfter(now.minus(Duration.ofDays(1)));
  }

  public static X509Bundle client(String name) throws Exception {
    return new CertificateBuilder().subject("CN=" + name).buildIssuedBy(CA);
  }

  /** A server's side, for gRPC and for HTTP. */
  public static SslContextBuilder server(X509Bundle identity) throws Exception {
    return SslContextBuilder.forServer(
            identity.getKeyPair().getPrivate(), identity.getCertificatePath())
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                "h2",
                "http/1.1"));
  }

  /** A server's side that wants a client certificate, and notes whose it got. */
  static SslContext clientCertificateRecorder(X509Bundle identity, Queue<String> clients) throws Exception {
    NotingTrustManager trust = new NotingTrustManager(clients);
    return server(identity).clientAuth(ClientAuth.REQUIRE).trustManager(trust).build();
  }

  /** Writes {@code tls.crt}, {@code tls.key} and {@code ca.crt}. */
  public static void write(Path folder, X509Bundle identity, X509Bundle authority) throws Exception {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("tls.crt"), identity.getCertificatePathPEM());
    Files.writeString(folder.resolve("tls.key"), identity.getPrivateKeyPEM());
    Files.writeString(folder.resolve("ca.crt"), authority.getCertificatePEM());
  }

  /** Trusts the clients of {@link #CA}. */
  private static final class NotingTrustManager extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager delegate =
        (X509ExtendedTrustManager) CA.toTrustManager();
    private final Queue<String> clients;

    NotingTrustManager(Queue<String> clients) {
      this.clients = clients;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      delegate.checkClientTrusted(chain, authType, engine);
      clients.add(chain[0].getSubjectX500Principal().getName());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
      throw new UnsupportedOperationException("the server has engines only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
      throw new UnsupportedOperationException("the server has engines only");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
      throw new UnsupportedOperationException("a server trusts no servers");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
      throw new UnsupportedOperationException("a server trusts no servers");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      throw new UnsupportedOperationException("a server trusts no servers");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return delegate.getAcceptedIssuers();
    }
  }
}
