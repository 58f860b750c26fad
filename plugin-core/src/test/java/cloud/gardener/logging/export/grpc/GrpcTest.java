package cloud.gardener.logging.export.grpc;

import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.clients.ExportClients;
import cloud.gardener.logging.export.clients.Exports;
import cloud.gardener.logging.sink.OtlpSink;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A sink and the factory of its clients, for tests of gRPC. */
abstract class GrpcTest {
  OtlpSink sink;
  ExportClients clients;

  @BeforeEach
  void start() throws Exception {
    sink = OtlpSink.startCapturing();
    clients =
        Exports.clients(ExportListener.NONE, Duration.ofMinutes(1));
  }

  @AfterEach
  void stop() {
    clients.close();
    sink.close();
  }

  /** A client of the sink. */
  ExportClient client(EndpointConfig config) throws ExportException {
    return client(config, sink.address());
  }

  ExportClient client(EndpointConfig config, String endpoint) throws ExportException {
    return clients.create(TargetType.OTLP_GRPC, config, Exports.NO_TLS_KEYS, Address.of(endpoint));
  }
}
