package cloud.gardener.logging.kubernetes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.pkitesting.X509Bundle;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * Stands between clients and an API server whose certificate it has, reads along, and does on command what a network
 * or an API server that starts does. Requests have no body, and a connection has one under way at a time.
 *
 * <p>Thread-safe.
 */
public final class ApiProxy implements AutoCloseable {
  /** What happens to requests. */
  public enum Way {
    /** They get to the API server. */
    OPEN,

    /** Nobody listens, as it seems: a connection ends as soon as something comes. */
    AWAY,

    /** They are answered with 429, as by an API server that initializes. */
    BUSY
  }

  private static final String BUSY_STATUS =
      """
      {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"storage is (re)initializing",\
      "reason":"TooManyRequests","details":{"retryAfterSeconds":1},"code":429}
      """;
  private static final byte[] BUSY_ANSWER =
      ("HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nRetry-After: 1\r\nContent-Length: "
              + BUSY_STATUS.length() + "\r\n\r\n" + BUSY_STATUS)
          .getBytes(ISO_8859_1);

  private final int target;
  private final SSLContext tls;
  private final ServerSocket server;
  private final List<Closeable> sockets = new ArrayList<>();
  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicInteger gone = new AtomicInteger();
  private volatile Way way = Way.OPEN;
  private volatile int generation;

  ApiProxy(int target, X509Bundle identity) throws IOException {
    this.target = target;
    try {
      this.tls = SSLContext.getInstance("TLS");
      tls.init(
          identity.toKeyManagerFactory().getKeyManagers(),
          identity.toTrustManagerFactory().getTrustManagers(),
          null);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    this.server = tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  /** From now on this happens to requests. */
  public void way(Way next) {
    way = next;
  }

  /** What is open now stays open and is silent from now on; new connections work. */
  public void silence() {
    generation++;
  }

  /** Ends all connections. */
  public synchronized void cut() throws IOException {
    for (Closeable socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  /** How often 429 was answered, whoever did. */
  public int busyAnswers() {
    return busy.get();
  }

  /** How many watches were told that their version is gone, inside of an answer of 200. */
  public int goneEvents() {
    return gone.get();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "api-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = opened(server.accept());
        int since = generation;
        start(() -> serve(client, since));
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  private synchronized Socket opened(Socket socket) {
    sockets.add(socket);
    return socket;
  }

  /** Takes requests to the API server, over a connection of their own. */
  private void serve(Socket client, int since) {
    byte[] bytes = new byte[16 << 10];
    Socket upstream = null;
    try (client) {
      InputStream requests = client.getInputStream();
      for (int length = requests.read(bytes); length >= 0; length = requests.read(bytes)) {
        if (since != generation) {
          continue;
        }
        if (way == Way.AWAY) {
          return;
        }
        if (way == Way.BUSY) {
          busy.incrementAndGet();
          client.getOutputStream().write(BUSY_ANSWER);
          continue;
        }
        if (upstream == null) {
          Socket connected = opened(tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), target));
          upstream = connected;
          start(() -> answer(connected, client, since));
        }
        upstream.getOutputStream().write(bytes, 0, length);
      }
    } catch (IOException e) {
      // One of the two is gone.
    } finally {
      close(upstream);
    }
  }

  private void answer(Socket upstream, Socket client, int since) {
    byte[] bytes = new byte[16 << 10];
    try {
      InputStream answers = upstream.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int length = answers.read(bytes); length >= 0; length = answers.read(bytes)) {
        if (since == generation) {
          note(new String(bytes, 0, length, ISO_8859_1));
          out.write(bytes, 0, length);
        }
      }
    } catch (IOException e) {
      // One of the two is gone.
    }
    if (since == generation) {
      close(client);
    }
  }

  /** A status line, and a Status, come in one piece: they are small, and first in what the API server writes. */
  private void note(String answer) {
    if (answer.startsWith("HTTP/1.1 429 ")) {
      busy.incrementAndGet();
    }
    if (answer.contains("\"type\":\"ERROR\"") && answer.contains("\"code\":410")) {
      gone.incrementAndGet();
    }
  }

  private static void close(Socket socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // It is gone already.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
