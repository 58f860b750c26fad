package cloud.gardener.logging.export;

import cloud.gardener.logging.config.TargetType;
import io.netty.handler.ssl.SslContext;

class HttpTlsTest extends TlsContract {
  @Override
  TargetType type() {
    return TargetType.OTLP_HTTP;
  }

  @Override
  Backend start(SslContext tls) throws Exception {
    return new HttpServer(tls, false);
  }
}
