package cloud.gardener.logging.export.tls;

import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.export.ExportException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The TLS contexts: one {@link ReloadingTls} per set of settings and use, so that hundreds of targets hold the
 * authorities only once. Thread-safe.
 */
public final class TlsContexts {
  private record Key(TlsConfig config, TlsUse use) {}

  private final Function<String, String> environment;
  private final LongSupplier nanoTime;
  private final Map<Key, ReloadingTls> contexts = new HashMap<>();

  /**
   * @param environment variables by name
   * @param nanoTime a monotonic clock, which determines when files are checked
   */
  public TlsContexts(Function<String, String> environment, LongSupplier nanoTime) {
    this.environment = environment;
    this.nanoTime = nanoTime;
  }

  /**
   * The TLS context for these settings.
   *
   * @throws ExportException one line that names the key that cannot be honoured; no key that makes the connection
   *     safer is ever ignored
   */
  public synchronized ReloadingTls get(TlsConfig config, TlsUse use) throws ExportException {
    Key key = new Key(config, use);
    ReloadingTls tls = contexts.get(key);
    if (tls == null) {
      tls = new ReloadingTls(config, use, environment, nanoTime);
      contexts.put(key, tls);
    }
    return tls;
  }
}
