package cloud.gardener.logging.export;

import cloud.gardener.logging.config.TlsConfig;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/**
 * TLS as the settings say, one context per set of settings, so that hundreds of targets hold the
 * authorities once. Thread-safe.
 */
final class TlsContexts {
  /** What we can speak, lowest first, as settings spell it. */
  private static final List<String> VERSIONS = List.of("1.2", "1.3");

  private final Map<TlsConfig, SslContext> contexts = new HashMap<>();

  /**
   * The context for these settings.
   *
   * @throws ExportException one line that names the key that cannot be honoured; no key that makes
   *     the connection safer is ever ignored
   */
  synchronized SslContext of(TlsConfig config) throws ExportException {
    SslContext context = contexts.get(config);
    if (context == null) {
      context = build(config);
      contexts.put(config, context);
    }
    return context;
  }

  private static SslContext build(TlsConfig config) throws ExportException {
    refuse("TLSCertFile", config.certFile());
    refuse("TLSKeyFile", config.keyFile());
    TrustManager trust =
        config.insecureSkipVerify() ? new TrustEverybody() : Authorities.trust(config.caFile());
    try {
      return GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
          .trustManager(trust)
          .protocols(protocols(config))
          .build();
    } catch (SSLException e) {
      throw new ExportException("TLS cannot be set up: " + Reason.oneLine(e.toString()));
    }
  }

  private static void refuse(String key, String value) throws ExportException {
    if (!value.isEmpty()) {
      throw new ExportException(
          key + " '" + value + "': client certificates are not available in this version");
    }
  }

  /** Versions below 1.2 are left out even where the settings allow them: that is only safer. */
  private static List<String> protocols(TlsConfig config) throws ExportException {
    String min = config.minVersion();
    String max = config.maxVersion();
    List<String> protocols =
        VERSIONS.stream()
            .filter(version -> min.isEmpty() || version.compareTo(min) >= 0)
            .filter(version -> max.isEmpty() || version.compareTo(max) <= 0)
            .map(version -> "TLSv" + version)
            .toList();
    if (protocols.isEmpty()) {
      throw new ExportException(
          "TLSMinVersion '" + min + "', TLSMaxVersion '" + max + "': only 1.2 and 1.3 are spoken");
    }
    return protocols;
  }
}
