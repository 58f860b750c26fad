package cloud.gardener.logging.export.http;

import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.clients.Backend;
import cloud.gardener.logging.export.tls.TlsContract;
import io.netty.handler.ssl.SslContext;

class HttpTlsTest extends TlsContract {
  @Override
  public TargetType type() {
    return TargetType.OTLP_HTTP;
  }

  @Override
  public Backend start(SslContext tls) throws Exception {
    return new HttpServer(tls, false);
  }
}
