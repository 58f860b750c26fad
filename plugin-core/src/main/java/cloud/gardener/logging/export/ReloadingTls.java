package cloud.gardener.logging.export;

import cloud.gardener.logging.config.TlsConfig;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/**
 * TLS of one set of settings, read again when the certificate, the key or the authorities change.
 *
 * <p>Whoever sends asks for the {@link #context()} first, and so the files are looked at then, but
 * not more often than each ten seconds: an idle target costs no look. Another file behind the same
 * path counts as a change, which is how Kubernetes replaces secrets. Files that cannot be used, such
 * as half-written ones or a key without its certificate, leave the old context in place; they are
 * read again when they change again.
 *
 * <p>Thread-safe. May read files, so it is not for the thread that drives the connections.
 */
final class ReloadingTls {
  private static final Logger LOG = Logger.getLogger(ReloadingTls.class.getName());
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final TlsConfig config;
  private final TlsUse use;
  private final LongSupplier nanoTime;
  private final String authorities;
  private final List<Path> files;
  private List<String> states;
  private long lookedNanos;
  private SslContext context;

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
    this.nanoTime = nanoTime;
    this.authorities =
        config.insecureSkipVerify() ? "" : Authorities.file(config, environment);
    this.files =
        Stream.of(config.certFile(), config.keyFile(), authorities)
            .filter(file -> !file.isEmpty())
            .map(Path::of)
            .toList();
    this.states = states();
    this.lookedNanos = nanoTime.getAsLong();
    this.context = load();
  }

  /** What new connections are to use: another object after a change. */
  synchronized SslContext context() {
    long nowNanos = nanoTime.getAsLong();
    if (nowNanos - lookedNanos >= LOOK_NANOS) {
      lookedNanos = nowNanos;
      look();
    }
    return context;
  }

  private void look() {
    // Before they are read: a change meanwhile is then seen by the next look.
    List<String> now = states();
    if (now.equals(states)) {
      return;
    }
    states = now;
    try {
      context = load();
      LOG.log(Level.INFO, "TLS files have changed and are in use: {0}", files);
    } catch (ExportException e) {
      LOG.log(
          Level.WARNING,
          "TLS files have changed but cannot be used, so the old ones stay in use: {0}",
          e.getMessage());
    }
  }

  private List<String> states() {
    return files.stream().map(ReloadingTls::state).toList();
  }

  private String authoritiesFrom() {
    return config.caFile().isEmpty() ? "the system's certificate authorities" : "TLSCAFile";
  }

  private static String state(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
    } catch (IOException e) {
      return "not there";
    }
  }

  private SslContext load() throws ExportException {
    TrustManager trust =
        config.insecureSkipVerify()
            ? new TrustEverybody()
            : Authorities.trust(authoritiesFrom(), authorities);
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
