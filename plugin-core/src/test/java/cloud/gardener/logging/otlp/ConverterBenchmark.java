package cloud.gardener.logging.otlp;

import cloud.gardener.logging.config.BatchConfig;
import cloud.gardener.logging.config.keys.Mappings;
import cloud.gardener.logging.event.ChunkArray;
import cloud.gardener.logging.event.EventDecoder;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds for a record: copy, decode, the whole mapping, encode, and the bytes of requests of 500 records. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ConverterBenchmark {
  private static final int RECORDS = 5_000;
  private static final int BATCH = 500;

  /**
   * line: half JSON without a level, half klog. pod: the same lines with Kubernetes metadata and a field for the level.
   * json, level: JSON without a level, and with one.
   */
  @Param({"line", "pod", "json", "level"})
  public String record;

  /** Whether a level is looked for in the text of a record that has no field for it. */
  @Param({"true", "false"})
  public String severityFromText;

  private ByteBuffer chunk;
  private final ChunkArray array = new ChunkArray(BatchConfig.MAX_BYTES);
  private LogEncoder encoder;
  private final EventDecoder decoder = new EventDecoder();
  private final RequestBuilder builder = new RequestBuilder();
  private final byte[] request = new byte[1 << 20];

  @Setup
  public void fill() {
    encoder =
        new LogEncoder(
            Mappings.of(
                "HostnameValue", "node",
                "Origin", "seed",
                "SeverityFromText", severityFromText),
            "1");
    chunk =
        switch (record) {
          case "line" -> BenchmarkLines.plain(RECORDS);
          case "pod" -> BenchmarkLines.chunk(RECORDS);
          case "json" -> BenchmarkLines.json(RECORDS);
          case "level" -> BenchmarkLines.jsonWithLevel(RECORDS);
          default -> throw new IllegalArgumentException(record);
        };
  }

  /** One chunk of records. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public byte[] convert() {
    array.copy(chunk);
    decoder.wrap(array);
    while (decoder.next() == EventDecoder.RECORD) {
      encoder.encode(decoder);
      builder.add(encoder);
      if (builder.records() == BATCH) {
        builder.writeTo(request, 0);
        builder.reset();
      }
    }
    return request;
  }
}
