package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.sink.OtlpSink;
import cloud.gardener.logging.sink.SinkBehaviour;
import cloud.gardener.logging.sink.SinkReply;
import io.grpc.Status;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ninety targets that work, beside ten that are dead in different ways. */
class IsolationTest {
  private static final int ALIVE = 90;
  private static final int DEAD = 10;
  private static final int CHUNKS = 20;
  private static final int RECORDS_A_CHUNK = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What a machine that is busy with other tests leaves of the pace. The measured figure is in the docs. */
  private static final double LEAST_PACE = 0.5;

  @TempDir Path folder;

  private final ByteBuffer chunk = chunk();

  @Test
  void shouldKeepThePaceOfTheOthers() throws Exception {
    try (OtlpSink other = OtlpSink.start();
        OtlpSink hanging = behaving(SinkBehaviour.always(new SinkReply.Hang()));
        OtlpSink resetting = behaving(SinkBehaviour.always(new SinkReply.Reset()));
        OtlpSink refusing = behaving(SinkBehaviour.fail(Status.UNAVAILABLE));
        ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      List<String> alive = List.of(other.address());
      List<String> dead =
          List.of(
              hanging.address(),
              resetting.address(),
              refusing.address(),
              "127.0.0.1:" + silent.getLocalPort(),
              "127.0.0.1:1");
      nanos("warm", alive); // Code is loaded and compiled.
      long amongTheLiving = nanos("living", alive);
      long besideTheDead = nanos("dead", dead);
      double pace = (double) amongTheLiving / besideTheDead;
      System.out.printf("isolation: %d of %d targets dead, pace of the others %.2f%n",
          DEAD, ALIVE + DEAD, pace);
      assertTrue(pace > LEAST_PACE, "pace " + pace);
    }
  }

  /** How long the records of the ninety take while ten others go to {@code endpoints}. */
  private long nanos(String name, List<String> endpoints) throws Exception {
    try (OtlpSink sink = OtlpSink.start()) {
      List<Output> outputs = new ArrayList<>();
      try {
        for (int i = 0; i < DEAD; i++) {
          outputs.add(open(name + "-other-" + i, endpoints.get(i % endpoints.size())));
        }
        for (int i = 0; i < ALIVE; i++) {
          outputs.add(open(name + "-" + i, sink.address()));
        }
        long startNs = System.nanoTime();
        for (int i = 0; i < CHUNKS; i++) {
          for (Output output : outputs) {
            assertEquals(FlushResult.OK, output.flush(chunk));
          }
        }
        assertTrue(sink.awaitRecords((long) ALIVE * CHUNKS * RECORDS_A_CHUNK, PATIENCE), name);
        return System.nanoTime() - startNs;
      } finally {
        for (Output output : outputs) {
          output.close();
        }
      }
    }
  }

  private static OtlpSink behaving(SinkBehaviour behaviour) throws Exception {
    OtlpSink sink = OtlpSink.start();
    sink.behave(behaviour);
    return sink;
  }

  private Output open(String name, String endpoint) throws Exception {
    Map<String, String> section =
        Map.of(
            "SeedType", "otlp_grpc",
            "Endpoint", endpoint,
            "Insecure", "true",
            "Timeout", "1s",
            "DQueDir", folder.toString(),
            "DQueName", name,
            "DQueBatchProcessorExportInterval", "10ms",
            "RetryInitialInterval", "100ms",
            "MetricsPort", "0");
    return Output.open(PluginConfig.parse(section::get));
  }

  private static ByteBuffer chunk() {
    MsgPack chunk = new MsgPack();
    for (int i = 0; i < RECORDS_A_CHUNK; i++) {
      chunk.event(1_700_000_000, i, Map.of(), Map.of("log", "the quick brown fox " + i));
    }
    return chunk.chunk();
  }
}
