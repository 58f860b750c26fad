package cloud.gardener.logging.seed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A Service of Kubernetes with some endpoints, as kube-proxy makes it: each new connection goes to the next
 * endpoint, and stays there until it ends. An endpoint that dies gets connections, which are refused,
 * until it is {@link #remove removed}.
 */
final class ClusterService implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Integer> endpoints = new CopyOnWriteArrayList<>();
  private final Set<Integer> silent = ConcurrentHashMap.newKeySet();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private int next;

  /** Listens on a free port of this machine. */
  ClusterService(int... ports) throws IOException {
    for (int port : ports) {
      endpoints.add(port);
    }
    run("service", this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** New connections do not go there any more; those that are open stay. */
  void remove(int port) {
    endpoints.remove(Integer.valueOf(port));
  }

  /** New connections go there, too. */
  void add(int port) {
    silent.remove(port);
    endpoints.add(port);
  }

  /** Its node is lost: nothing comes from there, and no connection is told. */
  void lose(int port) {
    silent.add(port);
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = server.accept();
      sockets.add(client);
      int port = endpoints.get(next++ % endpoints.size());
      if (silent.contains(port)) {
        continue;
      }
      try {
        connect(client, port);
      } catch (IOException e) {
        client.setSoLinger(true, 0); // A reset, as from the endpoint.
        client.close();
      }
    }
  }

  private void connect(Socket client, int port) throws IOException {
    Socket endpoint = new Socket(InetAddress.getLoopbackAddress(), port);
    sockets.add(endpoint);
    run("to " + port, () -> copy(client, endpoint, port));
    run("from " + port, () -> copy(endpoint, client, port));
  }

  private void copy(Socket from, Socket to, int port) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (silent.contains(port)) {
          return;
        }
        out.write(buffer, 0, read);
      }
    } finally {
      if (!silent.contains(port)) {
        from.close();
        to.close();
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void run(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The connection is over.
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
