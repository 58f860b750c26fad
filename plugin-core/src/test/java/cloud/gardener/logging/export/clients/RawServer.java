package cloud.gardener.logging.export.clients;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP server on 127.0.0.1 that does with each connection what the test says. */
public final class RawServer implements AutoCloseable {
  private final ServerSocket serverSocket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  /** What is done with a connection; it is closed afterwards. */
  @FunctionalInterface
  public interface Script {
    /** Called on a thread of the connection's own. */
    void run(Socket socket) throws Exception;
  }

  public RawServer(Script script) throws IOException {
    startDaemon(() -> accept(script));
  }

  public String address() {
    return "127.0.0.1:" + serverSocket.getLocalPort();
  }

  /** Connections so far. */
  public int accepted() {
    return accepted.get();
  }

  @Override
  public void close() throws IOException {
    serverSocket.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept(Script script) {
    while (true) {
      try {
        Socket socket = serverSocket.accept();
        sockets.add(socket);
        accepted.incrementAndGet();
        startDaemon(() -> runScript(script, socket));
      } catch (IOException e) {
        return; // Closed.
      }
    }
  }

  private void runScript(Script script, Socket socket) {
    try (socket) {
      script.run(socket);
    } catch (Exception e) {
      // The client has gone, or the test is over.
    } finally {
      sockets.remove(socket);
    }
  }

  private static void startDaemon(Runnable body) {
    Thread thread = new Thread(body, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }
}
