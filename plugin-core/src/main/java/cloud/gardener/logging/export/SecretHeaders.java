package cloud.gardener.logging.export;

import io.grpc.Metadata;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The configured headers of one client. They carry tokens: neither {@link #toString} nor an
 * exception shows a value.
 *
 * <p>Immutable, so any thread may use it.
 */
final class SecretHeaders {
  private static final Set<String> RESERVED =
      Set.of("content-type", "content-length", "host", "te", "user-agent", "connection");

  private final Metadata metadata = new Metadata();
  private final Set<String> names = new TreeSet<>();
  private final Secrets secrets;

  /**
   * Checks the headers.
   *
   * @throws ExportException one line with the name, not the value, of a header that gRPC cannot
   *     carry
   */
  SecretHeaders(Map<String, String> headers) throws ExportException {
    for (Map.Entry<String, String> header : headers.entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (RESERVED.contains(name) || name.startsWith("grpc-") || name.endsWith("-bin")) {
        throw new ExportException("Headers: '" + name + "' cannot be set for gRPC");
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

  /** In lower case. */
  Set<String> names() {
    return Set.copyOf(names);
  }

  /** Takes the values out of what a backend says about them. */
  Secrets secrets() {
    return secrets;
  }

  @Override
  public String toString() {
    return "SecretHeaders[" + names.size() + " hidden]";
  }

  private void add(String name, String value) throws ExportException {
    if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new ExportException("Headers: the value of '" + name + "' is not printable ASCII");
    }
    try {
      metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    } catch (IllegalArgumentException e) {
      throw new ExportException("Headers: '" + name + "' is no header name");
    }
    names.add(name);
  }
}
