package cloud.gardener.logging.export.clients;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy that leads to one port of this machine, whatever name it is asked for. */
public final class TunnelProxy implements AutoCloseable {
  private final int port;
  private final List<String> requestHeads = new CopyOnWriteArrayList<>();
  private final RawServer server = new RawServer(this::serve);

  public TunnelProxy(int port) throws IOException {
    this.port = port;
  }

  public String address() {
    return server.address();
  }

  /** The first request of each connection, without its body. */
  public List<String> requestHeads() {
    return requestHeads;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve(Socket client) throws IOException {
    InputStream in = client.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    requestHeads.add(head.toString());
    try (Socket backend = new Socket("127.0.0.1", port)) {
      boolean tunnel = head.indexOf("CONNECT ") == 0;
      (tunnel ? client : backend)
          .getOutputStream()
          .write(
              (tunnel ? "HTTP/1.1 200 Connected\r\n\r\n" : head.toString())
                  .getBytes(StandardCharsets.US_ASCII));
      Thread back = new Thread(() -> copy(backend, client));
      back.setDaemon(true);
      back.start();
      in.transferTo(backend.getOutputStream());
    }
  }

  private static void copy(Socket from, Socket to) {
    try (OutputStream out = to.getOutputStream()) {
      from.getInputStream().transferTo(out);
    } catch (IOException e) {
      // One of them has gone.
    }
  }
}
