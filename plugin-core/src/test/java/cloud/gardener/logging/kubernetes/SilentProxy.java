package cloud.gardener.logging.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands between a client and a server, and lets connections fall silent on command: they stay open, and nothing
 * comes through any more, as when a node's network path is gone without a word.
 */
public final class SilentProxy implements AutoCloseable {
  private final int target;
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new ArrayList<>();
  private int generation;

  /** In front of a port of this machine. */
  public SilentProxy(int target) throws IOException {
    this.target = target;
    start(this::accept);
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  /** What is open now is silent from now on; new connections work. */
  public synchronized void silence() {
    generation++;
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "silent-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        connect(server.accept());
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  private synchronized void connect(Socket client) throws IOException {
    Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
    sockets.add(client);
    sockets.add(upstream);
    int since = generation;
    start(() -> copy(client, upstream, since));
    start(() -> copy(upstream, client, since));
  }

  private void copy(Socket from, Socket to, int since) {
    byte[] bytes = new byte[16 << 10];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
        if (isOpen(since)) {
          out.write(bytes, 0, length);
        }
      }
      if (isOpen(since)) {
        to.close();
      }
    } catch (IOException e) {
      // One of the two is gone.
    }
  }

  private synchronized boolean isOpen(int since) {
    return since == generation;
  }

  @Override
  public synchronized void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
