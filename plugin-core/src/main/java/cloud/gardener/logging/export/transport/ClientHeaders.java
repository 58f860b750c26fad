package cloud.gardener.logging.export.transport;

import cloud.gardener.logging.config.HeaderConfig;
import cloud.gardener.logging.config.value.Headers;
import cloud.gardener.logging.export.ExportException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The headers of one client in the format of its transport, recreated when the file of {@code HeadersFile} changes.
 * Thread-safe.
 *
 * @param <H> the transport's format
 */
public final class ClientHeaders<H> {
  private static final Logger LOG = Logger.getLogger(ClientHeaders.class.getName());

  private final HeaderConfig config;
  private final Reloading<Headers> file;
  private final Transport<H> transport;
  private volatile Made<H> made;

  /** Converts headers to a transport's format. */
  @FunctionalInterface
  public interface Transport<H> {
    /**
     * Converts headers.
     *
     * @throws ExportException one line that names the header, not the value, that cannot be sent
     */
    H take(Headers headers) throws ExportException;
  }

  /** The result for a version of the file's content, which is compared by identity. */
  private record Made<H>(Headers fromFile, H headers) {}

  /**
   * Creates the headers for the first time.
   *
   * @param file null for none
   */
  public ClientHeaders(
      HeaderConfig config, Reloading<Headers> file, Transport<H> transport)
      throws ExportException {
    this.config = config;
    this.file = file;
    this.transport = transport;
    this.made = make(fromFile());
  }

  /** The current headers. */
  public H now() {
    Headers fromFile = fromFile();
    Made<H> current = made;
    return fromFile == current.fromFile() ? current.headers() : again(fromFile).headers();
  }

  private synchronized Made<H> again(Headers fromFile) {
    if (fromFile != made.fromFile()) {
      try {
        made = make(fromFile);
      } catch (ExportException e) {
        LOG.log(
            Level.WARNING,
            "the headers of HeadersFile cannot be used, so those before stay in use: {0}",
            e.getMessage());
        made = new Made<>(fromFile, made.headers());
      }
    }
    return made;
  }

  private Made<H> make(Headers fromFile) throws ExportException {
    return new Made<>(fromFile, transport.take(config.merge(fromFile)));
  }

  private Headers fromFile() {
    return file == null ? Headers.NONE : file.now();
  }
}
