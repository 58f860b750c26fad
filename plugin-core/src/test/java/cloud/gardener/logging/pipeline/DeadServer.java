package cloud.gardener.logging.pipeline;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A server on 127.0.0.1 that serves nobody. */
final class DeadServer implements AutoCloseable {
  enum Way {
    /** Takes connections and never answers. */
    HANGS,

    /** Resets each connection. */
    RESETS
  }

  private final ServerSocket server;
  private final Way way;
  private final List<Socket> held = new ArrayList<>();

  DeadServer(Way way) throws IOException {
    this.way = way;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::run, "dead-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        Socket socket = server.accept();
        if (way == Way.RESETS) {
          socket.setSoLinger(true, 0);
          socket.close();
        } else {
          held.add(socket);
        }
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
