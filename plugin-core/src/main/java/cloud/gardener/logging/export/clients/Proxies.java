package cloud.gardener.logging.export.clients;

import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.HostPort;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Selects the proxy for a backend: that of the key {@code HTTPProxy}, else that of the environment. It follows the
 * rules of Go's {@code httpproxy} and of grpc-go, so settings for Go programs work here as well.
 *
 * <ul>
 *   <li>{@code HTTPS_PROXY} applies to TLS, and to gRPC even without TLS; {@code HTTP_PROXY} applies to plaintext
 *       HTTP. Upper case takes precedence over lower case.
 *   <li>{@code NO_PROXY} lists the backends that are reached directly, see {@link NoProxy}. It does not affect the
 *       key.
 * </ul>
 */
final class Proxies {
  private static final String ACCEPTED = "accepted is host:port, or a URL that begins with http://";

  private final Function<String, String> environment;

  /**
   * @param environment variables by name
   */
  Proxies(Function<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The proxy for a backend; empty for none.
   *
   * @param tls whether the backend is reached over TLS
   * @throws ExportException one line that names the variable with the invalid value
   */
  Optional<Proxy> to(HostPort backend, TargetType type, boolean tls, EndpointConfig config)
      throws ExportException {
    if (config.proxy().isPresent()) {
      return config.proxy().map(address -> new Proxy(address, "HTTPProxy"));
    }
    String variable =
        switch (type) {
          case OTLP_GRPC -> "HTTPS_PROXY";
          case OTLP_HTTP -> tls ? "HTTPS_PROXY" : "HTTP_PROXY";
          case NOOP, STDOUT -> throw new IllegalArgumentException(type + " has no backend");
        };
    String proxy = variable(variable);
    if (proxy.isEmpty()
        || NoProxy.of(variable("NO_PROXY")).covers(backend.host(), backend.port())) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Proxy(Address.ofProxy(proxy), variable));
    } catch (IllegalArgumentException e) {
      throw new ExportException(
          "the environment variable " + variable + " names no proxy that can be used: "
              + e.getMessage() + "; " + ACCEPTED);
    }
  }

  private String variable(String name) {
    String value = environment.apply(name);
    if (value == null || value.isEmpty()) {
      value = environment.apply(name.toLowerCase(Locale.ROOT));
    }
    return value == null ? "" : value.strip();
  }
}
