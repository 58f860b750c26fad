package cloud.gardener.logging.export.http;

import cloud.gardener.logging.export.transport.NettyTransport;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;

/**
 * The connections of each {@link HttpKey}, shared by the clients that lease them and closed with the last lease.
 * Thread-safe.
 */
public final class HttpPool implements AutoCloseable {
  private final EventLoop eventLoop;
  private final HttpConnector connector;
  private final long idleNanos;
  private final Map<HttpKey, HttpConnections> connectionsByKey = new HashMap<>();

  public HttpPool(NettyTransport transport) {
    this.eventLoop = transport.eventLoop();
    this.connector = new HttpConnector(transport);
    this.idleNanos = transport.idleTimeout().toNanos();
  }

  /** The thread that drives the connections. */
  EventLoop eventLoop() {
    return eventLoop;
  }

  /** Leases the connections of a key. They do not connect before the first call. */
  synchronized HttpConnections lease(HttpKey key) {
    HttpConnections connections =
        connectionsByKey.computeIfAbsent(key, k -> new HttpConnections(k, connector, idleNanos));
    connections.users++;
    return connections;
  }

  /** Releases a lease; call it once per lease. */
  synchronized void release(HttpKey key) {
    HttpConnections connections = connectionsByKey.get(key);
    if (connections != null && --connections.users == 0) {
      connectionsByKey.remove(key);
      close(connections);
    }
  }

  /** Closes all connections; their calls end. */
  @Override
  public void close() {
    List<HttpConnections> open;
    synchronized (this) {
      open = new ArrayList<>(connectionsByKey.values());
      connectionsByKey.clear();
    }
    open.forEach(this::close);
  }

  private void close(HttpConnections connections) {
    try {
      eventLoop.execute(connections::close);
    } catch (RejectedExecutionException e) {
      // The thread has ended, and its connections with it.
    }
  }
}
