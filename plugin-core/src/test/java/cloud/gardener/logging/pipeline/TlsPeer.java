package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.export.tls.Pki;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** A server that does a handshake with each client, and then only reads. */
final class TlsPeer implements AutoCloseable {
  private final SSLServerSocket server;

  private TlsPeer(SSLServerSocket server) {
    this.server = server;
  }

  /**
   * Starts a server.
   *
   * @param version its only version of TLS
   * @param asksForClient whether a client must have a certificate of {@link Pki#CA}
   */
  static TlsPeer start(X509Bundle identity, String version, boolean asksForClient) throws Exception {
    KeyManager[] keys = identity.toKeyManagerFactory().getKeyManagers();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, new TrustManager[] {Pki.CA.toTrustManager()}, null);
    SSLServerSocket server =
        (SSLServerSocket)
            context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    SSLParameters parameters = server.getSSLParameters();
    parameters.setProtocols(new String[] {version});
    parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
    parameters.setNeedClientAuth(asksForClient);
    server.setSSLParameters(parameters);
    TlsPeer peer = new TlsPeer(server);
    Thread thread = new Thread(peer::accept, "tls peer");
    thread.setDaemon(true);
    thread.start();
    return peer;
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try (SSLSocket client = (SSLSocket) server.accept()) {
        client.startHandshake();
        client.getInputStream().readAllBytes();
      } catch (IOException e) {
        // The client refuses this server, or the server this client; or the test has ended.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
