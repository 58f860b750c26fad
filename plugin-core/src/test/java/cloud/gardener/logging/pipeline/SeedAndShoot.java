package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.sink.OtlpSink;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A seed's backend and a shoot's, and an output that sends to both. The shoot's namespace is its port. */
abstract class SeedAndShoot {
  @TempDir Path folder;

  OtlpSink seed;
  OtlpSink shoot;
  RoutedOutput output;
  String namespace;

  @BeforeEach
  final void startBackends() throws Exception {
    seed = OtlpSink.startCapturing();
    shoot = OtlpSink.startCapturing();
    namespace = Integer.toString(shoot.port());
  }

  @AfterEach
  final void stop() {
    output.close();
    seed.close();
    shoot.close();
  }

  /** Opens the output; what is given goes before what is here. */
  final void open(String... namesAndValues) throws Exception {
    Stream<String> keys =
        Stream.of(
            "SeedType", "otlp_grpc",
            "ShootType", "otlp_grpc",
            "Endpoint", seed.address(),
            "DynamicHostPrefix", "127.0.0.1:",
            "DynamicHostSuffix", "");
    output =
        new RoutedOutput(
            folder, Stream.concat(keys, Stream.of(namesAndValues)).toArray(String[]::new));
  }
}
