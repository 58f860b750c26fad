package cloud.gardener.logging.export.grpc;

import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.HostPort;
import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.export.tls.ReloadingTls;
import cloud.gardener.logging.export.tls.TlsContexts;
import cloud.gardener.logging.export.tls.TlsUse;
import cloud.gardener.logging.export.transport.ExpectedPeer;
import cloud.gardener.logging.export.transport.NettyTransport;
import io.grpc.HttpConnectProxiedSocketAddress;
import io.grpc.Metadata;
import io.grpc.ProxiedSocketAddress;
import io.grpc.netty.NettyChannelBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One channel per {@link ChannelKey}, shared by the clients that lease it and closed with the last lease.
 * Thread-safe.
 */
public final class ChannelPool implements AutoCloseable {
  private final NettyTransport transport;
  private final TlsContexts tlsContexts;
  private final Map<ChannelKey, SharedChannel> channels = new HashMap<>();

  public ChannelPool(NettyTransport transport, TlsContexts tlsContexts) {
    this.transport = transport;
    this.tlsContexts = tlsContexts;
  }

  /**
   * Leases the channel of a key. It does not connect before the first call.
   *
   * @throws ExportException one line: what is wrong with the TLS settings
   */
  synchronized SharedChannel lease(ChannelKey key) throws ExportException {
    SharedChannel channel = channels.get(key);
    if (channel == null) {
      ReloadingTls tls =
          key.tls().isPresent() ? tlsContexts.get(key.tls().get(), TlsUse.GRPC) : null;
      channel = new SharedChannel(names -> newBuilder(key, names), tls);
      channels.put(key, channel);
    }
    channel.users++;
    return channel;
  }

  /** Releases a lease; call it once per lease. */
  synchronized void release(ChannelKey key) {
    SharedChannel channel = channels.get(key);
    if (channel != null && --channel.users == 0) {
      channels.remove(key);
      channel.shutdown();
    }
  }

  /** Closes all channels and ends their calls. */
  @Override
  public void close() {
    List<SharedChannel> all;
    synchronized (this) {
      all = new ArrayList<>(channels.values());
      channels.clear();
    }
    all.forEach(SharedChannel::shutdown);
  }

  /** Number of leased channels. */
  synchronized int size() {
    return channels.size();
  }

  private NettyChannelBuilder newBuilder(ChannelKey key, Set<String> secretHeaders) {
    HostPort server = key.server();
    NettyChannelBuilder builder = transport.newChannel(server.host(), server.port());
    if (server.isZoned()) {
      builder.overrideAuthority(server.authority());
    }
    for (String name : secretHeaders) {
      builder.neverIndexMetadataKey(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }
    ExpectedPeer expected = new ExpectedPeer(key.tls().isPresent(), true, true);
    builder.channelFactory(() -> transport.newSocket(expected, key.proxy().isPresent()));
    key.proxy().ifPresent(proxy -> builder.proxyDetector(target -> proxiedAddress(proxy, target)));
    key.tls()
        .map(TlsConfig::serverName)
        .filter(serverName -> !serverName.isEmpty())
        .ifPresent(builder::overrideAuthority);
    return builder;
  }

  /** Runs on a thread that may block, once per attempt to connect. */
  private static ProxiedSocketAddress proxiedAddress(Address proxy, SocketAddress target)
      throws UnknownHostException {
    HttpConnectProxiedSocketAddress.Builder address =
        HttpConnectProxiedSocketAddress.newBuilder()
            .setProxyAddress(
                new InetSocketAddress(
                    InetAddress.getByName(proxy.server().host()), proxy.server().port()))
            .setTargetAddress((InetSocketAddress) target);
    if (proxy.hasCredentials()) {
      address.setUsername(proxy.user()).setPassword(proxy.password());
    }
    return address.build();
  }
}
