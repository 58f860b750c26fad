package cloud.gardener.logging.sink;

import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A listening socket that knows its connections and can reset them. */
final class ResettableServerChannel extends NioServerSocketChannel {
  private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  @Override
  protected int doReadMessages(List<Object> accepted) throws Exception {
    int before = accepted.size();
    int count = super.doReadMessages(accepted);
    for (Object connection : accepted.subList(before, accepted.size())) {
      Channel channel = (Channel) connection;
      connections.add(channel);
      this.accepted.incrementAndGet();
      channel.closeFuture().addListener(closed -> connections.remove(channel));
    }
    return count;
  }

  /** Ends each connection with a TCP reset. To be called on the thread that drives them. */
  void resetConnections() {
    for (Channel connection : connections) {
      ((SocketChannel) connection).config().setSoLinger(0);
      // Past the pipeline: there HTTP/2 would say goodbye and wait for its streams.
      connection.unsafe().close(connection.voidPromise());
    }
  }

  /** Connections so far, open or not. */
  int accepted() {
    return accepted.get();
  }

  /** Open connections. */
  int connections() {
    return connections.size();
  }
}
