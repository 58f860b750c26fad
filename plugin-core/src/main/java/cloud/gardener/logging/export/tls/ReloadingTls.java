package cloud.gardener.logging.export.tls;

import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.export.Reason;
import cloud.gardener.logging.export.transport.Reloading;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/**
 * The TLS context of one set of settings. It is recreated when the certificate, the key or the authorities change,
 * see {@link Reloading}. A key that does not match its certificate also leaves the old context in place.
 *
 * <p>Thread-safe. May read files, so do not call it on the thread that drives the connections.
 */
public final class ReloadingTls {
  private final TlsConfig config;
  private final TlsUse use;
  private final String authorities;
  private final Reloading<SslContext> contexts;

  /**
   * Reads the files.
   *
   * @throws ExportException one line that names the key that cannot be honoured
   */
  ReloadingTls(
      TlsConfig config, TlsUse use, Function<String, String> environment, LongSupplier nanoTime)
      throws ExportException {
    this.config = config;
    this.use = use;
    this.authorities =
        config.insecureSkipVerify() ? "" : Authorities.findFile(config, environment);
    List<Path> files =
        Stream.of(config.certFile(), config.keyFile(), authorities)
            .filter(file -> !file.isEmpty())
            .map(Path::of)
            .toList();
    this.contexts = new Reloading<>("TLS files", files, this::load, nanoTime);
  }

  /** The context for new connections: a different object after a change. */
  public SslContext context() {
    return contexts.current();
  }

  private String describeAuthorities() {
    return config.caFile().isEmpty() ? "the system's certificate authorities" : "TLSCAFile";
  }

  private SslContext load() throws ExportException {
    TrustManager trust =
        config.insecureSkipVerify()
            ? InsecureTrustManagerFactory.INSTANCE.getTrustManagers()[0]
            : Authorities.load(describeAuthorities(), authorities);
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .trustManager(trust)
            .protocols(TlsVersions.of(config, use))
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    use.applicationProtocols()));
    if (use.isHttp2Only()) {
      builder.ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE);
    }
    if (!config.certFile().isEmpty()) {
      builder.keyManager(ClientIdentity.load(config.certFile(), config.keyFile()));
    }
    try {
      return builder.build();
    } catch (SSLException e) {
      throw new ExportException("TLS cannot be set up: " + Reason.oneLine(e.toString()));
    }
  }
}
