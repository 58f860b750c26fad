package cloud.gardener.logging.export.http;

import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.value.Address;
import java.util.regex.Pattern;

/**
 * Determines the path and the query of HTTP requests.
 *
 * <ul>
 *   <li>A path that is configured separately is used unchanged.
 *   <li>A URL whose path ends with {@code /logs} or {@code /push} is the endpoint for logs, and is used unchanged.
 *       (VictoriaLogs: /insert/opentelemetry/v1/logs, formerly .../api/v1/push.)
 *   <li>Any other URL is a base, to which {@code /v1/logs} is appended, as OpenTelemetry does with {@code
 *       OTEL_EXPORTER_OTLP_ENDPOINT}. (Loki: /otlp.)
 *   <li>A query of the URL is kept.
 * </ul>
 */
public final class RequestPath {
  private static final String LOGS = "/v1/logs";
  private static final Pattern WHOLE = Pattern.compile(".*/(?:logs|push)/?");
  private static final Pattern END_SLASHES = Pattern.compile("/+$");

  private RequestPath() {}

  /** The path with the query, which may be secret. */
  public static String of(EndpointConfig config, Address server) {
    String path = config.urlPath().isEmpty() ? ofUrl(server.path()) : config.urlPath();
    boolean appendsQuery = !server.query().isEmpty() && path.indexOf('?') < 0;
    return appendsQuery ? path + "?" + server.query() : path;
  }

  /** The path of a request without the query. */
  static String withoutQuery(String requestPath) {
    int query = requestPath.indexOf('?');
    return query < 0 ? requestPath : requestPath.substring(0, query);
  }

  /** The path for the path of a URL alone, which may be empty. */
  public static String ofUrl(String urlPath) {
    return WHOLE.matcher(urlPath).matches()
        ? urlPath
        : END_SLASHES.matcher(urlPath).replaceFirst("") + LOGS;
  }
}
