package cloud.gardener.logging.export.clients;

import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.grpc.ChannelKey;
import cloud.gardener.logging.export.grpc.ChannelPool;
import cloud.gardener.logging.export.grpc.GrpcClient;
import cloud.gardener.logging.export.grpc.SecretHeaders;
import cloud.gardener.logging.export.http.HttpClient;
import cloud.gardener.logging.export.http.HttpKey;
import cloud.gardener.logging.export.http.HttpPool;
import cloud.gardener.logging.export.http.HttpRequestHeaders;
import cloud.gardener.logging.export.http.RequestPath;
import cloud.gardener.logging.export.tls.ReloadingTls;
import cloud.gardener.logging.export.tls.TlsContexts;
import cloud.gardener.logging.export.transport.ClientHeaders;
import cloud.gardener.logging.export.transport.NettyTransport;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Creates clients and owns what they share: the thread that drives all connections, the memory that requests are
 * sent from, and one channel per endpoint. One instance serves the process.
 *
 * <p>A client needs no thread. It has no connection before its first export, and none from a minute after its last.
 *
 * <p>Thread-safe.
 */
public final class ExportClients implements AutoCloseable {
  private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(1);

  /** One instance for the process: a descriptor keeps a reference to each of its streams forever. */
  private static final OutputStream STDOUT = new FileOutputStream(FileDescriptor.out);

  private final ExportListener listener;
  private final OutputStream stdout;
  private final NettyTransport transport;
  private final TlsContexts tlsContexts;
  private final Proxies proxies;
  private final HeaderFiles headerFiles;
  private final ChannelPool channelPool;

  /** Created with the first HTTP client: without one, its classes are not loaded. */
  private HttpPool httpPool;

  /**
   * Clients of type stdout write to the process's standard output.
   *
   * @param listener notified of every call over the network
   */
  public ExportClients(ExportListener listener) {
    this(listener, STDOUT, IDLE_TIMEOUT, System::getenv, System::nanoTime);
  }

  /**
   * For tests.
   *
   * @param listener notified of every call over the network
   * @param stdout the output of clients of type stdout; stays open
   * @param idleTimeout time without calls after which a channel closes its connection; at least 1 s
   * @param environment variables by name
   * @param nanoTime a monotonic clock, which determines when files are checked
   */
  public ExportClients(
      ExportListener listener,
      OutputStream stdout,
      Duration idleTimeout,
      Function<String, String> environment,
      LongSupplier nanoTime) {
    this.listener = listener;
    this.stdout = stdout;
    this.transport = new NettyTransport(idleTimeout);
    this.tlsContexts = new TlsContexts(environment, nanoTime);
    this.proxies = new Proxies(environment);
    this.headerFiles = new HeaderFiles(nanoTime);
    this.channelPool = new ChannelPool(transport, tlsContexts);
  }

  /**
   * Creates a client. It does not connect yet, so a backend that is down is no error.
   *
   * @param type what the target does with its records
   * @param config how requests are sent; its own endpoint is ignored
   * @param tls TLS settings for the backend
   * @param endpoint the destination of requests
   * @throws ExportException one line that names the key that is invalid, or that requests what this version does not
   *     support
   */
  public ExportClient create(
      TargetType type, EndpointConfig config, TlsConfig tls, Address endpoint)
      throws ExportException {
    return switch (type) {
      case NOOP -> new NoopClient();
      case STDOUT -> new StdoutClient(stdout);
      case OTLP_GRPC -> newGrpcClient(config, tls, endpoint);
      case OTLP_HTTP -> newHttpClient(config, tls, endpoint);
    };
  }

  /** Ends all clients, their exports in flight, and all threads. */
  @Override
  public void close() {
    channelPool.close();
    synchronized (this) {
      if (httpPool != null) {
        httpPool.close();
      }
    }
    transport.close();
  }

  private ExportClient newGrpcClient(EndpointConfig config, TlsConfig tls, Address endpoint)
      throws ExportException {
    Optional<TlsConfig> effectiveTls = tlsFor(endpoint, config, tls);
    Optional<Proxy> proxy =
        proxies.proxyFor(endpoint.server(), TargetType.OTLP_GRPC, effectiveTls.isPresent(), config);
    ChannelKey key =
        new ChannelKey(endpoint.server(), effectiveTls, proxy.map(Proxy::address));
    return new GrpcClient(
        channelPool,
        key,
        new ClientHeaders<>(
            config.headers(), headerFiles.get(config.headers().file()), SecretHeaders::new),
        describeProxy(proxy),
        config,
        listener);
  }

  private ExportClient newHttpClient(EndpointConfig config, TlsConfig tls, Address endpoint)
      throws ExportException {
    Optional<TlsConfig> effectiveTls = tlsFor(endpoint, config, tls);
    Optional<Proxy> proxy =
        proxies.proxyFor(endpoint.server(), TargetType.OTLP_HTTP, effectiveTls.isPresent(), config);
    HttpKey key =
        new HttpKey(
            endpoint.server(),
            effectiveTls,
            proxy.map(Proxy::address),
            config.httpVersion());
    ClientHeaders<HttpRequestHeaders> headers =
        new ClientHeaders<>(
            config.headers(),
            headerFiles.get(config.headers().file()),
            all -> new HttpRequestHeaders(all, endpoint, key.proxy(), !key.isTunnelled()));
    ReloadingTls reloading =
        effectiveTls.isPresent() ? tlsContexts.get(effectiveTls.get(), key.tlsUse()) : null;
    return new HttpClient(
        key,
        httpPool(),
        reloading,
        headers,
        RequestPath.of(config, endpoint),
        describeProxy(proxy),
        config,
        listener);
  }

  private static String describeProxy(Optional<Proxy> proxy) {
    return proxy.map(named -> ", through the proxy " + named).orElse("");
  }

  private synchronized HttpPool httpPool() {
    if (httpPool == null) {
      httpPool = new HttpPool(transport);
    }
    return httpPool;
  }

  private static Optional<TlsConfig> tlsFor(
      Address endpoint, EndpointConfig config, TlsConfig tls) {
    return config.usesTls(endpoint) ? Optional.of(tls) : Optional.empty();
  }
}
