package cloud.gardener.logging.export.grpc;

import cloud.gardener.logging.config.value.Headers;
import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.export.Secrets;
import cloud.gardener.logging.export.transport.NetworkClient;
import io.grpc.Metadata;
import java.util.Set;

/**
 * The configured headers of one gRPC client. They contain tokens: neither {@link #toString} nor an exception shows a
 * value.
 *
 * <p>Immutable, so thread-safe.
 */
public final class SecretHeaders implements NetworkClient.RequestHeaders {
  private final Metadata metadata = new Metadata();
  private final Set<String> names;
  private final Secrets secrets;

  /**
   * Converts the headers.
   *
   * @throws ExportException one line with the name, not the value, of a header that gRPC sets itself
   */
  public SecretHeaders(Headers headers) throws ExportException {
    for (String name : headers.byName().keySet()) {
      if (name.equals("user-agent") || name.startsWith("grpc-")) {
        throw new ExportException("the header '" + name + "' cannot be set for gRPC");
      }
    }
    headers
        .byName()
        .forEach(
            (name, value) ->
                metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
    names = headers.byName().keySet();
    secrets = new Secrets(headers.byName().values());
  }

  /** A copy for one call: gRPC adds its own entries to it. */
  Metadata copy() {
    Metadata copy = new Metadata();
    copy.merge(metadata);
    return copy;
  }

  /** The header names, in lower case. */
  Set<String> names() {
    return names;
  }

  @Override
  public Secrets secrets() {
    return secrets;
  }

  @Override
  public String toString() {
    return "SecretHeaders[" + names.size() + " hidden]";
  }
}
