package cloud.gardener.logging.export.grpc;

import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.export.Secrets;
import io.grpc.Metadata;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The configured headers of one gRPC client. They contain tokens: neither {@link #toString} nor an exception shows a
 * value.
 *
 * <p>Immutable, so thread-safe.
 */
public final class SecretHeaders {
  private final Metadata metadata = new Metadata();
  private final Set<String> names = new HashSet<>();
  private final Secrets secrets;

  /**
   * Validates the headers.
   *
   * @param headers by name in lower case; without those that no transport allows to be set
   * @throws ExportException one line with the name, not the value, of a header that gRPC cannot carry
   */
  public SecretHeaders(Map<String, String> headers) throws ExportException {
    for (Map.Entry<String, String> header : headers.entrySet()) {
      String name = header.getKey();
      if (name.equals("user-agent") || name.startsWith("grpc-")) {
        throw new ExportException("the header '" + name + "' cannot be set for gRPC");
      }
      add(name, header.getValue());
    }
    secrets = new Secrets(headers.values());
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

  /** Redacts the values in the backend's messages. */
  Secrets secrets() {
    return secrets;
  }

  @Override
  public String toString() {
    return "SecretHeaders[" + names.size() + " hidden]";
  }

  private void add(String name, String value) throws ExportException {
    try {
      metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    } catch (IllegalArgumentException e) {
      throw new ExportException("the header '" + name + "' cannot be sent over gRPC");
    }
    names.add(name);
  }
}
