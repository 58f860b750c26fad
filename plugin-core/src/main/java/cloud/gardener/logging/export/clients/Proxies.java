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

  private final Variable https;
  private final Variable http;
  private final NoProxy noProxy;

  /**
   * Parses the variables.
   *
   * @param environment variables by name
   */
  Proxies(Function<String, String> environment) {
    this.https = Variable.of("HTTPS_PROXY", environment);
    this.http = Variable.of("HTTP_PROXY", environment);
    this.noProxy = NoProxy.of(variable("NO_PROXY", environment));
  }

  /**
   * The proxy for a backend; empty for none.
   *
   * @param tls whether the backend is reached over TLS
   * @throws ExportException one line that names the variable with the invalid value
   */
  Optional<Proxy> proxyFor(HostPort backend, TargetType type, boolean tls, EndpointConfig config)
      throws ExportException {
    if (config.proxy().isPresent()) {
      return config.proxy().map(address -> new Proxy(address, "HTTPProxy"));
    }
    if (noProxy.matches(backend.host(), backend.port())) {
      return Optional.empty();
    }
    Variable variable =
        switch (type) {
          case OTLP_GRPC -> https;
          case OTLP_HTTP -> tls ? https : http;
          case NOOP, STDOUT -> throw new IllegalArgumentException(type + " has no backend");
        };
    if (!variable.problem().isEmpty()) {
      throw new ExportException(variable.problem());
    }
    return variable.proxy();
  }

  /**
   * A variable that names a proxy.
   *
   * @param problem what is wrong with its value, which matters only to a client that would use it; empty if nothing is
   */
  private record Variable(Optional<Proxy> proxy, String problem) {
    static Variable of(String name, Function<String, String> environment) {
      String value = variable(name, environment);
      if (value.isEmpty()) {
        return new Variable(Optional.empty(), "");
      }
      try {
        return new Variable(Optional.of(new Proxy(Address.ofProxy(value), name)), "");
      } catch (IllegalArgumentException e) {
        return new Variable(
            Optional.empty(),
            "the environment variable " + name + " names no proxy that can be used: "
                + e.getMessage() + "; " + ACCEPTED);
      }
    }
  }

  private static String variable(String name, Function<String, String> environment) {
    String value = environment.apply(name);
    if (value == null || value.isEmpty()) {
      value = environment.apply(name.toLowerCase(Locale.ROOT));
    }
    return value == null ? "" : value.strip();
  }
}
