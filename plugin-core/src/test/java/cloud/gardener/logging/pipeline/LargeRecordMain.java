package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.keys.ConfigReader;
import cloud.gardener.logging.intake.FlushResult;
import cloud.gardener.logging.metrics.Balance;
import java.nio.ByteBuffer;
import java.util.Map;

/** A process with a heap of 40 MiB that is given a record of 50 MB, outside the heap as chunks are. */
final class LargeRecordMain {
  private static final int TEXT_BYTES = 50_000_000;

  private LargeRecordMain() {}

  public static void main(String[] arguments) throws Exception {
    Map<String, String> section =
        Map.of(
            "SeedType", "otlp_grpc",
            "Endpoint", "127.0.0.1:1",
            "Insecure", "true",
            "DQueDir", arguments[0],
            "ShutdownGrace", "0s",
            "FluentBitMetricsPort", "0",
            "MetricsPort", "0");
    PluginConfig config = ConfigReader.parse(section::get);
    ProcessServices services = ProcessServices.acquire(config);
    try (Output output = Output.open(config, Flocks.FREE)) {
      FlushResult result = output.flush(chunk(), "kubernetes.pod");
      Balance balance = services.metrics().targets().get(0).balance();
      System.out.println(
          result + ", " + balance.buffered() + " buffered, " + balance.dropped() + " dropped");
    } finally {
      services.release();
    }
  }

  /** An event with nothing but a text. */
  private static ByteBuffer chunk() {
    ByteBuffer chunk = ByteBuffer.allocateDirect(TEXT_BYTES + 64);
    chunk.put((byte) 0x92).put((byte) 0x92).put((byte) 0xd7).put((byte) 0).putInt(1).putInt(0);
    chunk.put((byte) 0x80).put((byte) 0x81);
    chunk.put((byte) 0xa3).put((byte) 'l').put((byte) 'o').put((byte) 'g');
    chunk.put((byte) 0xdb).putInt(TEXT_BYTES);
    for (int i = 0; i < TEXT_BYTES; i++) {
      chunk.put((byte) 'x');
    }
    return chunk.flip();
  }
}
