package cloud.gardener.logging.config.keys;

import cloud.gardener.logging.config.DynamicHostConfig;
import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.TlsConfig;
import java.util.ArrayList;
import java.util.List;

/** Detects TLS keys that have no effect, and the one that gives up the protection of TLS. */
final class TlsCheck {
  private TlsCheck() {}

  static List<String> warnings(PluginConfig config) {
    TlsConfig tls = config.tls();
    boolean usesTls = seedUsesTls(config) || shootsUseTls(config);
    boolean hasFiles = !(tls.caFile().isEmpty() && tls.certFile().isEmpty() && tls.keyFile().isEmpty());
    List<String> warnings = new ArrayList<>();
    if (hasFiles && !usesTls && sendsToABackend(config)) {
      warnings.add(
          "the TLS keys have no effect, because records are sent in plaintext; for TLS set Insecure false, or an"
              + " endpoint that begins with https://");
    }
    if (tls.insecureSkipVerify() && usesTls) {
      warnings.add(
          "TLSInsecureSkipVerify is on: anybody between this node and the backend can read and change the records");
    }
    return warnings;
  }

  private static boolean hasShoots(PluginConfig config) {
    return !config.dynamicHost().path().isEmpty();
  }

  private static boolean sendsToABackend(PluginConfig config) {
    return config.seedType().isRemote() || hasShoots(config) && config.shootType().isRemote();
  }

  private static boolean seedUsesTls(PluginConfig config) {
    return config.seedType().isRemote()
        && config.endpoint().usesTls(config.endpoint().seedEndpoint(config.seedType()));
  }

  private static boolean shootsUseTls(PluginConfig config) {
    return hasShoots(config)
        && config.shootType().isRemote()
        && config
            .endpoint()
            .usesTls(
                config.dynamicHost().endpoint().resolve(config.shootType(), DynamicHostConfig.ANY_NAMESPACE));
  }
}
