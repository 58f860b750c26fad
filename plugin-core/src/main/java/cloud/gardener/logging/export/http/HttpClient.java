package cloud.gardener.logging.export.http;

import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.HostPort;
import cloud.gardener.logging.config.value.HttpEncoding;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportEnd;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.tls.ReloadingTls;
import cloud.gardener.logging.export.transport.ClientHeaders;
import cloud.gardener.logging.export.transport.ZstdCodec;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * OTLP over HTTP: one POST per request, on connections that may be shared with other clients.
 *
 * <p>A call ends at its timeout at the latest. Memory per call in flight: a copy of the request in Netty's buffers
 * once the connection is established, and another on the heap when it is compressed or JSON.
 *
 * <p>Thread-safe.
 */
public final class HttpClient implements ExportClient {
  private static final String USER_AGENT = "fluent-bit-output-plugin";

  private final HttpKey key;
  private final HttpPool pool;
  private final HttpConnections connections;
  private final ReloadingTls tls;
  private final ClientHeaders<HttpRequestHeaders> headers;
  private final HostPort server;
  private final String authority;
  private final String way;
  private final String target;
  private final EndpointConfig config;
  private final ExportListener listener;
  private final Set<HttpCall> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Leases the connections; connects with the first export.
   *
   * @param tls null for plaintext
   * @param path of requests, with the query
   * @param through the proxy, for {@link #way()}
   */
  public HttpClient(
      HttpKey key,
      HttpPool pool,
      ReloadingTls tls,
      ClientHeaders<HttpRequestHeaders> headers,
      Address endpoint,
      String path,
      String through,
      EndpointConfig config,
      ExportListener listener) {
    this.key = key;
    this.pool = pool;
    this.tls = tls;
    this.headers = headers;
    this.server = endpoint.server();
    this.authority = server.authority();
    this.way = ", POST " + RequestPath.shown(path) + through;
    boolean readByProxy = key.proxy().isPresent() && !key.isTunnelled();
    this.target = readByProxy ? "http://" + authority + path : path;
    this.config = config;
    this.listener = listener;
    this.connections = pool.lease(key);
  }

  @Override
  public void export(
      ExportRequest request, Runnable written, Consumer<ExportResult> done) {
    if (closed) {
      done.accept(ExportResult.Retry.soon("the client is closed"));
      return;
    }
    HttpRequestHeaders current = headers.now();
    ExportEnd end =
        new ExportEnd(server, request, current.secrets(), listener, written, done);
    try {
      send(request, HttpBody.of(request, config.httpEncoding(), config.compression()), current, end);
    } catch (IOException e) {
      ExportResult refused =
          new ExportResult.PayloadRefused("not an OTLP request: " + e.getMessage());
      if (end.claim()) {
        end.report(() -> refused, "INVALID_ARGUMENT", 0);
      }
    } catch (RuntimeException | Error e) {
      end.failed(e); // For example, no memory for the body.
    }
  }

  private void send(
      ExportRequest request, ByteBuf body, HttpRequestHeaders current, ExportEnd end) {
    HttpCall call =
        new HttpCall(this, target, headersOf(body, current), body, request.records(), end);
    SslContext context = tls == null ? null : tls.context();
    underWay.add(call);
    call.start(pool.eventLoop(), connections, context, config.timeout().toNanos());
    if (closed) {
      // close() may have run before this call could be canceled.
      call.cancel(pool.eventLoop());
    }
  }

  @Override
  public String way() {
    return way;
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    underWay.forEach(call -> call.cancel(pool.eventLoop()));
    pool.release(key);
  }

  @Override
  public String toString() {
    return "HttpClient[" + server + "]";
  }

  /** A call ended. Reported once per call, before its caller is notified. */
  void ended(HttpCall call) {
    underWay.remove(call);
  }

  private HttpHeaders headersOf(ByteBuf body, HttpRequestHeaders current) {
    HttpHeaders all =
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
      case GZIP -> all.set(HttpHeaderNames.CONTENT_ENCODING, "gzip");
      case ZSTD -> all.set(HttpHeaderNames.CONTENT_ENCODING, ZstdCodec.NAME);
    }
    current.copyTo(all);
    return all;
  }
}
