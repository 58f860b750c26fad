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
  private volatile Made<H> built;

  /** Converts headers to a transport's format. */
  @FunctionalInterface
  public interface Transport<H> {
    /**
     * Converts headers.
     *
     * @throws ExportException one line that names the header, not the value, that cannot be sent
     */
    H convert(Headers headers) throws ExportException;
  }

  /** The result for a version of the file's content, which is compared by identity. */
  private record Made<H>(Headers fileHeaders, H headers) {}

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
    this.built = build(fileHeaders());
  }

  /** The current headers. */
  public H current() {
    Headers fileHeaders = fileHeaders();
    Made<H> current = built;
    return fileHeaders == current.fileHeaders() ? current.headers() : rebuild(fileHeaders).headers();
  }

  private synchronized Made<H> rebuild(Headers fileHeaders) {
    if (fileHeaders != built.fileHeaders()) {
      try {
        built = build(fileHeaders);
      } catch (ExportException e) {
        LOG.log(
            Level.WARNING,
            "the headers of HeadersFile cannot be used, so those before stay in use: {0}",
            e.getMessage());
        built = new Made<>(fileHeaders, built.headers());
      }
    }
    return built;
  }

  private Made<H> build(Headers fileHeaders) throws ExportException {
    return new Made<>(fileHeaders, transport.convert(config.merge(fileHeaders)));
  }

  private Headers fileHeaders() {
    return file == null ? Headers.NONE : file.current();
  }
}
