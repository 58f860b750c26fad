package cloud.gardener.logging.export;

import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.TargetType;
import cloud.gardener.logging.config.TlsConfig;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Makes clients and owns what they share: the thread that drives all connections, the memory they
 * send from, and one channel per endpoint. One instance serves a process.
 *
 * <p>A client costs no thread, and no connection before its first export or a minute after its
 * last.
 *
 * <p>Thread-safe.
 */
public final class ExportClients implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ExportClients.class.getName());
  private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(1);
  private static final String DEFAULT_PATH = "/v1/logs";

  /** One for the process: each new one is remembered by its descriptor for ever. */
  private static final OutputStream STDOUT = new FileOutputStream(FileDescriptor.out);

  private final ExportListener listener;
  private final OutputStream stdout;
  private final NettyTransport transport;
  private final TlsContexts tlsContexts;
  private final ChannelPool channels;

  /** Made with the first client of HTTP: where there is none, its classes are not loaded. */
  private HttpPool connections;

  /**
   * Clients of type stdout write to the process's standard output.
   *
   * @param listener hears of every call over the network
   */
  public ExportClients(ExportListener listener) {
    this(listener, STDOUT, IDLE_TIMEOUT, new TlsContexts());
  }

  /**
   * For tests.
   *
   * @param listener hears of every call over the network
   * @param stdout where clients of type stdout write; stays open
   * @param idleTimeout after it a channel without calls has no connection; at least 1 s
   * @param tlsContexts where TLS comes from
   */
  ExportClients(
      ExportListener listener,
      OutputStream stdout,
      Duration idleTimeout,
      TlsContexts tlsContexts) {
    this.listener = listener;
    this.stdout = stdout;
    this.transport = new NettyTransport(idleTimeout);
    this.tlsContexts = tlsContexts;
    this.channels = new ChannelPool(transport, tlsContexts);
  }

  /**
   * Makes a client. Nothing connects yet, so a backend that is down is no error.
   *
   * @param type what the target does with its records
   * @param config how requests travel; its own endpoint is not looked at
   * @param tls TLS towards the backend
   * @param endpoint where requests go: {@code host:port}, or a URL of http or https
   * @throws ExportException one line that names the key that is wrong, or that asks for something
   *     this version cannot do
   */
  public ExportClient create(
      TargetType type, EndpointConfig config, TlsConfig tls, String endpoint)
      throws ExportException {
    return switch (type) {
      case NOOP -> new NoopClient();
      case STDOUT -> new StdoutClient(stdout);
      case OTLP_GRPC -> grpc(config, tls, endpoint);
      case OTLP_HTTP -> http(config, tls, endpoint);
    };
  }

  /** Ends all clients with their exports under way, and all threads. */
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

  private ExportClient grpc(EndpointConfig config, TlsConfig tls, String text)
      throws ExportException {
    Endpoint endpoint = Endpoint.parse("Endpoint", text);
    if (!endpoint.path().isEmpty() && !endpoint.path().equals("/")) {
      throw new ExportException("Endpoint '" + text + "': gRPC has no path, remove it");
    }
    SecretHeaders headers = new SecretHeaders(config.headers());
    Optional<TlsConfig> security = security(endpoint, config, tls);
    if (!config.proxy().isEmpty()) {
      LOG.log(Level.WARNING, "{0}: HTTPProxy has no effect on otlp_grpc", endpoint.address());
    }
    ChannelKey key =
        new ChannelKey(endpoint.host(), endpoint.port(), security, headers.names());
    return new GrpcClient(endpoint.address(), channels, key, headers, config, listener);
  }

  private ExportClient http(EndpointConfig config, TlsConfig tls, String text)
      throws ExportException {
    HttpAddress server = HttpAddress.parse("Endpoint", text);
    Endpoint endpoint = server.endpoint();
    Optional<TlsConfig> security = security(endpoint, config, tls);
    HttpKey key =
        new HttpKey(
            endpoint.host(), endpoint.port(), security, proxy(config), config.httpVersion());
    HttpRequestHeaders headers =
        new HttpRequestHeaders(config.headers(), server, key.proxy(), !key.isTunnelled());
    ReloadingTls reloading =
        security.isPresent() ? tlsContexts.of(security.get(), key.tlsUse()) : null;
    return new HttpClient(
        key,
        connections(),
        reloading,
        headers,
        endpoint.address(),
        path(config, endpoint),
        config,
        listener);
  }

  private synchronized HttpPool connections() {
    if (connections == null) {
      connections = new HttpPool(transport);
    }
    return connections;
  }

  private static Optional<HttpAddress> proxy(EndpointConfig config) throws ExportException {
    if (config.proxy().isEmpty()) {
      return Optional.empty();
    }
    HttpAddress proxy = HttpAddress.parse("HTTPProxy", config.proxy());
    if (proxy.endpoint().security() == Endpoint.Security.TLS) {
      throw new ExportException(
          "HTTPProxy: TLS towards the proxy is not supported; accepted is host:port or http://...");
    }
    return Optional.of(proxy);
  }

  private static String path(EndpointConfig config, Endpoint endpoint) {
    if (!config.urlPath().isEmpty()) {
      return config.urlPath();
    }
    return endpoint.path().isEmpty() || endpoint.path().equals("/")
        ? DEFAULT_PATH
        : endpoint.path();
  }

  private static Optional<TlsConfig> security(
      Endpoint endpoint, EndpointConfig config, TlsConfig tls) throws ExportException {
    if (endpoint.security() == Endpoint.Security.TLS && config.insecure()) {
      throw new ExportException(
          "Endpoint 'https://"
              + endpoint.address()
              + "' asks for TLS and Insecure true for plaintext: change one");
    }
    boolean wanted =
        endpoint.security() == Endpoint.Security.TLS
            || endpoint.security() == Endpoint.Security.UNSAID && !config.insecure();
    Optional<TlsConfig> security = wanted ? Optional.of(tls) : Optional.empty();
    warn(endpoint, security, tls);
    return security;
  }

  private static void warn(Endpoint endpoint, Optional<TlsConfig> security, TlsConfig tls) {
    boolean hasFiles =
        !(tls.caFile().isEmpty() && tls.certFile().isEmpty() && tls.keyFile().isEmpty());
    if (security.isEmpty() && hasFiles) {
      LOG.log(
          Level.WARNING,
          "{0}: sends plaintext, the TLS keys have no effect",
          endpoint.address());
    }
    if (security.isPresent() && tls.insecureSkipVerify()) {
      LOG.log(
          Level.WARNING,
          "{0}: TLSInsecureSkipVerify is on, so anybody in between can read the logs",
          endpoint.address());
    }
  }
}
