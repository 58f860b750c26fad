package cloud.gardener.logging.export.http;

import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The connections of one {@link HttpKey}. A call without a free connection opens one. It is then kept for the next
 * call, and closed after a period without calls. HTTP/2 has one connection, HTTP/1.1 one per concurrent call.
 *
 * <p>While it is unknown whether a server supports HTTP/2, calls wait for the first connection instead of opening
 * one each.
 *
 * <p>Used only on the thread that drives the connections.
 */
final class HttpConnections {
  private final HttpKey key;
  private final HttpConnector connector;
  private final long idleNanos;
  private final Map<HttpConnection, Kept> open = new HashMap<>();

  /** Connections that may be free, the most recently used first, so that the others become idle and close. */
  private final ArrayDeque<HttpConnection> free = new ArrayDeque<>();

  private final ArrayDeque<HttpCall> waiting = new ArrayDeque<>();
  private SslContext current;
  private boolean multiplexes;
  private int connecting;
  private boolean closed;

  /** Number of leases; guarded by the pool. */
  int users;

  /** The state of an open connection: its TLS context, and when its idle timeout ends. */
  private static final class Kept {
    private final SslContext tls;
    private Future<?> idleTimeout;

    Kept(SslContext tls) {
      this.tls = tls;
    }
  }

  HttpConnections(HttpKey key, HttpConnector connector, long idleNanos) {
    this.key = key;
    this.connector = connector;
    this.idleNanos = idleNanos;
    this.multiplexes = key.mayBeHttp2();
  }

  /**
   * Sends a call on a connection with this TLS context, now or as soon as there is one.
   *
   * @param tls null for plaintext
   */
  void send(HttpCall call, SslContext tls) {
    if (closed || call.hasEnded()) {
      call.failed(new IllegalStateException("the client is closed"));
      return;
    }
    if (tls != current) {
      current = tls;
      retireAllExcept(tls);
    }
    HttpConnection connection = pollFree();
    if (connection != null) {
      send(call, connection);
      return;
    }
    waiting.add(call);
    if (connecting == 0 || !multiplexes) {
      connect(tls);
    }
  }

  /** A connection for one call, or null. An HTTP/2 connection stays available for other calls. */
  private HttpConnection pollFree() {
    for (HttpConnection next = free.peek(); next != null; next = free.peek()) {
      boolean isFree = next.isFree();
      if (!isFree || !next.isHttp2()) {
        free.remove();
      }
      if (isFree) {
        return next;
      }
    }
    return null;
  }

  /** A connection has no more calls. */
  void free(HttpConnection connection) {
    sendWaiting(connection);
    Kept kept = open.get(connection);
    if (kept != null && connection.isFree() && !(connection.isHttp2() && free.contains(connection))) {
      free.push(connection);
    }
    if (kept != null && connection.isFree() && connection.isIdle()) {
      kept.idleTimeout =
          connector
              .eventLoop()
              .schedule(connection::retire, idleNanos, TimeUnit.NANOSECONDS);
    }
  }

  /** A connection was closed. */
  void closed(HttpConnection connection) {
    Kept kept = open.remove(connection);
    free.remove(connection);
    if (kept != null && kept.idleTimeout != null) {
      kept.idleTimeout.cancel(false);
    }
  }

  /** Closes all connections permanently; their calls and the waiting ones fail. */
  void close() {
    closed = true;
    failWaiting(new IllegalStateException("the client is closed"));
    List.copyOf(open.keySet()).forEach(HttpConnection::close);
  }

  /** After a change of certificates: calls in flight stay on their connections. */
  private void retireAllExcept(SslContext tls) {
    for (HttpConnection connection : List.copyOf(open.keySet())) {
      if (open.get(connection).tls != tls) {
        connection.retire();
      }
    }
  }

  private void connect(SslContext tls) {
    connecting++;
    Future<HttpConnection> future;
    try {
      future = connector.connect(key, tls, this);
    } catch (RuntimeException | Error e) {
      connecting--; // A connection that is counted and never completes would block all further ones.
      throw e;
    }
    future.addListener((Future<HttpConnection> connected) -> connected(connected, tls));
  }

  private void connected(Future<HttpConnection> connected, SslContext tls) {
    connecting--;
    if (!connected.isSuccess()) {
      failWaiting(connected.cause());
      return;
    }
    HttpConnection connection = connected.getNow();
    open.put(connection, new Kept(tls));
    if (closed) {
      connection.close();
      return;
    }
    multiplexes = connection.isHttp2();
    free(connection);
    if (tls != current) {
      connection.retire(); // The certificates changed during the connect.
    }
    for (int needed = waiting.size() - connecting; !multiplexes && needed > 0; needed--) {
      connect(tls);
    }
  }

  private void sendWaiting(HttpConnection connection) {
    while (connection.isFree() && !waiting.isEmpty()) {
      HttpCall call = waiting.poll();
      if (!call.hasEnded()) {
        send(call, connection);
      }
    }
  }

  private void send(HttpCall call, HttpConnection connection) {
    Kept kept = open.get(connection);
    if (kept.idleTimeout != null) {
      kept.idleTimeout.cancel(false);
      kept.idleTimeout = null;
    }
    connection.send(call);
  }

  /** Connections to one destination fail for the same reason, so no call waits for another attempt. */
  private void failWaiting(Throwable cause) {
    List<HttpCall> failed = new ArrayList<>(waiting);
    waiting.clear();
    failed.forEach(call -> call.failed(cause));
  }
}
