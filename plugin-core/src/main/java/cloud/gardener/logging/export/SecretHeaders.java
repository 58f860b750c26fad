package cloud.gardener.logging.export;

import io.grpc.Metadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The configured headers of one client. They carry tokens: neither {@link #toString} nor an
 * exception shows a value, and {@link #redact} takes them out of what a backend says about them.
 *
 * <p>Immutable, so any thread may use it.
 */
final class SecretHeaders {
  /** Shorter words are no secrets, and blanking them would garble every message. */
  private static final int MIN_SECRET_CHARS = 6;

  private static final Set<String> RESERVED =
      Set.of("content-type", "content-length", "host", "te", "user-agent", "connection");

  private final Metadata metadata = new Metadata();
  private final Set<String> names = new TreeSet<>();
  private final List<String> secrets = new ArrayList<>();

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
    secrets.sort(Comparator.comparingInt(String::length).reversed());
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

  /** The text without any header's value. */
  String redact(String text) {
    String redacted = text;
    for (String secret : secrets) {
      redacted = redacted.replace(secret, "***");
    }
    return redacted;
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
    // A backend may repeat "Bearer xyz" or only xyz.
    addSecret(value);
    for (String word : value.split("\\s+")) {
      addSecret(word);
    }
  }

  private void addSecret(String word) {
    if (word.length() >= MIN_SECRET_CHARS) {
      secrets.add(word);
    }
  }
}
