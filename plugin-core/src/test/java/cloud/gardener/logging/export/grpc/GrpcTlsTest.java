package cloud.gardener.logging.export.grpc;

import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.clients.Backend;
import cloud.gardener.logging.export.clients.Exports;
import cloud.gardener.logging.export.tls.TlsContract;
import cloud.gardener.logging.sink.OtlpSink;
import cloud.gardener.logging.sink.SinkBehaviour;
import cloud.gardener.logging.sink.SinkReply;
import io.netty.handler.ssl.SslContext;
import org.junit.jupiter.api.Assertions;

public class GrpcTlsTest extends TlsContract {
  @Override
  public TargetType type() {
    return TargetType.OTLP_GRPC;
  }

  @Override
  public Backend start(SslContext tls) throws Exception {
    return new SinkBackend(new OtlpSink(OtlpSink.Options.defaults().over(tls)));
  }

  public record SinkBackend(OtlpSink sink) implements Backend {
    @Override
    public String address() {
      return sink.address();
    }

    @Override
    public long requests() {
      return sink.totals().requests();
    }

    @Override
    public int accepted() {
      return sink.accepted();
    }

    @Override
    public void hold() {
      sink.behave(SinkBehaviour.always(new SinkReply.Hang()));
    }

    @Override
    public void awaitHeld(int requests) throws Exception {
      Assertions.assertTrue(sink.awaitHanging(requests, Exports.LONG));
    }

    @Override
    public void release() {
      sink.behave(SinkBehaviour.accept());
      sink.releaseHanging();
    }

    @Override
    public void close() {
      sink.close();
    }
  }
}
