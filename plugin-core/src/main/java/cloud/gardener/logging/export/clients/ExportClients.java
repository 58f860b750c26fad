package cloud.gardener.logging.export.clients;

import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.HostPort;
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
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Creates clients and owns what they share: the thread that drives all connections, the memory that requests are
 * sent from, and one channel per endpoint. One instance serves the process.
 *
 * <p>A client needs no thread. It has no connection before its first export, and none from a minute after its last.
 *
 * <p>Thread-safe.
 */
public final class ExportClients implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ExportClients.class.getName());
  private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(1);

  /** One instance for the process: a descriptor keeps a reference to each of its streams forever. */
  private static final OutputStream STDOUT = new FileOutputStream(FileDescriptor.out);

  private final ExportListener listener;
  private final OutputStream stdout;
  private final NettyTransport transport;
  private final TlsContexts tlsContexts;
  private final Proxies proxies;
  private final HeaderFiles headerFiles;
  private final ChannelPool channels;

  /** Created with the first HTTP client: without one, its classes are not loaded. */
  private HttpPool connections;

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
    this.channels = new ChannelPool(transport, tlsContexts);
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
      case OTLP_GRPC -> grpc(config, tls, endpoint);
      case OTLP_HTTP -> http(config, tls, endpoint);
    };
  }

  /** Ends all clients, their exports in flight, and all threads. */
  @Override
  public void close() {
    channels.close();
    synchronized (this) {
      if (connections != null) {
        connections.close();
      }
    }
    transport.close();
  }

  private ExportClient grpc(EndpointConfig config, TlsConfig tls, Address endpoint)
      throws ExportException {
    Optional<TlsConfig> security = security(endpoint, config, tls);
    Optional<Proxy> proxy =
        proxies.to(endpoint.server(), TargetType.OTLP_GRPC, security.isPresent(), config);
    ChannelKey key =
        new ChannelKey(endpoint.server(), security, proxy.map(Proxy::address));
    return new GrpcClient(
        channels,
        key,
        new ClientHeaders<>(
            config.headers(), headerFiles.of(config.headers().file()), SecretHeaders::new),
        through(proxy),
        config,
        listener);
  }

  private ExportClient http(EndpointConfig config, TlsConfig tls, Address endpoint)
      throws ExportException {
    Optional<TlsConfig> security = security(endpoint, config, tls);
    Optional<Proxy> proxy =
        proxies.to(endpoint.server(), TargetType.OTLP_HTTP, security.isPresent(), config);
    HttpKey key =
        new HttpKey(
            endpoint.server(),
            security,
            proxy.map(Proxy::address),
            config.httpVersion());
    ClientHeaders<HttpRequestHeaders> headers =
        new ClientHeaders<>(
            config.headers(),
            headerFiles.of(config.headers().file()),
            all -> new HttpRequestHeaders(all, endpoint, key.proxy(), !key.isTunnelled()));
    ReloadingTls reloading =
        security.isPresent() ? tlsContexts.of(security.get(), key.tlsUse()) : null;
    return new HttpClient(
        key,
        connections(),
        reloading,
        headers,
        RequestPath.of(config, endpoint),
        through(proxy),
        config,
        listener);
  }

  private static String through(Optional<Proxy> proxy) {
    return proxy.map(named -> ", through the proxy " + named).orElse("");
  }

  private synchronized HttpPool connections() {
    if (connections == null) {
      connections = new HttpPool(transport);
    }
    return connections;
  }

  private static Optional<TlsConfig> security(
      Address endpoint, EndpointConfig config, TlsConfig tls) {
    boolean wanted =
        endpoint.security() == Address.Security.TLS
            || endpoint.security() == Address.Security.UNSPECIFIED && !config.insecure();
    Optional<TlsConfig> security = wanted ? Optional.of(tls) : Optional.empty();
    warn(endpoint.server(), security, tls);
    return security;
  }

  private static void warn(HostPort server, Optional<TlsConfig> security, TlsConfig tls) {
    boolean hasFiles =
        !(tls.caFile().isEmpty() && tls.certFile().isEmpty() && tls.keyFile().isEmpty());
    if (security.isEmpty() && hasFiles) {
      LOG.log(
          Level.WARNING,
          "{0}: sends plaintext, the TLS keys have no effect",
          server);
    }
    if (security.isPresent() && tls.insecureSkipVerify()) {
      LOG.log(
          Level.WARNING,
          "{0}: TLSInsecureSkipVerify is on, so anybody in between can read the logs",
          server);
    }
  }
}
