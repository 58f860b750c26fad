package cloud.gardener.logging.export.http;

import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.value.HttpEncoding;
import cloud.gardener.logging.export.ExportEnd;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.tls.ReloadingTls;
import cloud.gardener.logging.export.transport.ClientHeaders;
import cloud.gardener.logging.export.transport.NetworkClient;
import cloud.gardener.logging.export.transport.ZstdCodec;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;

/**
 * OTLP over HTTP: one POST per request, on connections that may be shared with other clients.
 *
 * <p>A call ends at its timeout at the latest. Memory per call in flight: a copy of the request in Netty's buffers
 * once the connection is established, and another on the heap when it is compressed or JSON.
 *
 * <p>Thread-safe.
 */
public final class HttpClient extends NetworkClient<HttpCall, HttpRequestHeaders> {
  private static final String USER_AGENT = "fluent-bit-output-plugin";

  private final HttpKey key;
  private final HttpPool pool;
  private final HttpConnections connections;
  private final ReloadingTls tls;
  private final String authority;
  private final String target;
  private final EndpointConfig config;

  /**
   * Leases the connections; connects with the first export.
   *
   * @param tls null for plaintext
   * @param path of requests, with the query
   * @param proxyDescription the proxy as {@link #describeRoute()} shows it; empty for none
   */
  public HttpClient(
      HttpKey key,
      HttpPool pool,
      ReloadingTls tls,
      ClientHeaders<HttpRequestHeaders> headers,
      String path,
      String proxyDescription,
      EndpointConfig config,
      ExportListener listener) {
    super(key.server(), "POST", headers, ", POST " + RequestPath.withoutQuery(path) + proxyDescription, listener);
    this.key = key;
    this.pool = pool;
    this.tls = tls;
    this.authority = key.server().authority();
    boolean readByProxy = key.proxy().isPresent() && !key.isTunnelled();
    this.target = readByProxy ? "http://" + authority + path : path;
    this.config = config;
    this.connections = pool.lease(key);
  }

  @Override
  protected void send(ExportRequest request, HttpRequestHeaders headers, ExportEnd end) {
    ByteBuf body;
    try {
      body = HttpBody.of(request, config.httpEncoding(), config.compression());
    } catch (IOException e) {
      ExportResult refused =
          new ExportResult.PayloadRefused("not an OTLP request: " + e.getMessage());
      if (end.claim()) {
        end.report(() -> refused, "INVALID_ARGUMENT", 0);
      }
      return;
    }
    HttpCall call =
        new HttpCall(this, target, requestHeaders(body, headers), body, request.records(), end);
    SslContext context = tls == null ? null : tls.context();
    start(
        call,
        () -> call.start(pool.eventLoop(), connections, context, config.timeout().toNanos()));
  }

  @Override
  protected void cancel(HttpCall call) {
    call.cancel(pool.eventLoop());
  }

  @Override
  protected void release() {
    pool.release(key);
  }

  private HttpHeaders requestHeaders(ByteBuf body, HttpRequestHeaders configured) {
    HttpHeaders requestHeaders =
        DefaultHttpHeadersFactory.headersFactory()
            .newHeaders()
            .set(HttpHeaderNames.HOST, authority)
            .set(HttpHeaderNames.USER_AGENT, USER_AGENT)
            .set(
                HttpHeaderNames.CONTENT_TYPE,
                config.httpEncoding() == HttpEncoding.JSON
                    ? "application/json"
                    : "application/x-protobuf")
            .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    switch (config.compression()) {
      case NONE -> {}
      case GZIP -> requestHeaders.set(HttpHeaderNames.CONTENT_ENCODING, "gzip");
      case ZSTD -> requestHeaders.set(HttpHeaderNames.CONTENT_ENCODING, ZstdCodec.NAME);
    }
    configured.copyTo(requestHeaders);
    return requestHeaders;
  }
}
