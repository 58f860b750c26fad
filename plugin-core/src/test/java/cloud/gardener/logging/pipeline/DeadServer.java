package cloud.gardener.logging.pipeline;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A backend on 127.0.0.1 that takes no records, in one of many ways. */
final class DeadServer implements AutoCloseable {
  enum Way {
    /** Nobody listens. */
    REFUSES,

    /** Packets that ask for a connection are not answered. */
    IGNORES,

    /** Takes connections and never answers. */
    HANGS,

    /** Resets each connection. */
    RESETS,

    /** Takes a connection, reads, and closes it without an answer. */
    CLOSES,

    /** Answers one byte a second. */
    TRICKLES,

    /** Answers what is no HTTP. */
    BABBLES,

    /** HTTP 503: UNAVAILABLE. */
    UNAVAILABLE,

    /** HTTP 429, come again in an hour. */
    THROTTLES,

    /** HTTP 401. */
    FORBIDS;

    /** Whether an attempt fails before its timeout. */
    boolean endsAttempts() {
      return switch (this) {
        case IGNORES, HANGS, TRICKLES -> false;
        case REFUSES, RESETS, CLOSES, BABBLES, UNAVAILABLE, THROTTLES, FORBIDS -> true;
      };
    }
  }

  private static final int FEW = 5;
  private static final String BYTES = "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\n\r\n";

  private final Way way;
  private final ServerSocket server;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(DeadServer::daemon);

  DeadServer(Way way) throws IOException {
    this.way = way;
    // Linux takes one connection more than the backlog, and then ignores who asks.
    this.server = new ServerSocket(0, way == Way.IGNORES ? 1 : 50, InetAddress.getLoopbackAddress());
    switch (way) {
      case REFUSES -> server.close();
      case IGNORES -> fill();
      default -> daemon(this::run).start();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "dead-server");
    thread.setDaemon(true);
    return thread;
  }

  private void fill() throws IOException {
    try {
      for (int i = 0; i < FEW; i++) {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.connect(new InetSocketAddress(server.getInetAddress(), port()), 50);
      }
    } catch (SocketTimeoutException e) {
      return; // It is full.
    }
    throw new IllegalStateException("the backlog takes more than " + FEW + " connections");
  }

  private void run() {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        if (way != Way.HANGS) {
          // Requests are small: what has come by then is all of it.
          timer.schedule(() -> serve(socket), way == Way.RESETS ? 0 : 5, TimeUnit.MILLISECONDS);
        }
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket socket) {
    try {
      socket.getInputStream().readNBytes(socket.getInputStream().available());
      switch (way) {
        case RESETS -> socket.setSoLinger(true, 0);
        case TRICKLES -> {
          trickle(socket, 0);
          return;
        }
        case BABBLES -> answer(socket, "SSH-2.0-OpenSSH_9.6\r\n\r\n");
        case UNAVAILABLE -> answer(socket, status("503 Service Unavailable"));
        case THROTTLES -> answer(socket, status("429 Too Many Requests\r\nRetry-After: 3600"));
        case FORBIDS -> answer(socket, status("401 Unauthorized"));
        default -> {} // Only closes.
      }
      socket.close();
    } catch (IOException e) {
      // The client has closed it.
    }
  }

  private void trickle(Socket socket, int next) {
    try {
      answer(socket, BYTES.substring(next, next + 1));
      timer.schedule(() -> trickle(socket, next + 1), 1, TimeUnit.SECONDS);
    } catch (IOException e) {
      // The client has closed it.
    }
  }

  private static String status(String line) {
    return "HTTP/1.1 " + line + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  }

  private static void answer(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(US_ASCII));
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
