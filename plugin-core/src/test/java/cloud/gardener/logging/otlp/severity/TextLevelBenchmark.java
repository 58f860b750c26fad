package cloud.gardener.logging.otlp.severity;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.gardener.logging.config.keys.Mappings;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds to search one text of 240 bytes for a level, with the default names. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 10, time = 1)
public class TextLevelBenchmark {
  private static final int TEXT_BYTES = 240;
  private static final String START = "{\"ts\":1234,\"msg\":\"handled request\",\"path\":\"/api/v1/pods\",";

  /**
   * none: JSON without a level. first, fourth: the level is that key. severity: the first key is a name that others
   * precede. nested, spaced: JSON without a level, with maps and lists, or with blanks.
   */
  @Param({"none", "first", "fourth", "severity", "nested", "spaced", "logfmt", "klog"})
  public String text;

  private final TextLevel level = new TextLevel(new LevelNames(Mappings.of().severityKeys()));
  private byte[] chunk;
  private int length;

  @Setup
  public void fill() {
    String wanted =
        switch (text) {
          case "none" -> filled(START + "\"text\":\"", "\"}");
          case "first" -> filled("{\"level\":\"info\"," + START.substring(1) + "\"text\":\"", "\"}");
          case "fourth" -> filled(START + "\"level\":\"info\",\"text\":\"", "\"}");
          case "severity" -> filled("{\"severity\":\"INFO\"," + START.substring(1) + "\"text\":\"", "\"}");
          case "nested" ->
              "{\"ts\":1.5,\"msg\":\"say \\\"hello\\\" to\",\"object\":{\"name\":\"a\",\"namespace\":\"b\",\"list\":"
                  + "[1,2,{\"x\":\"y\"}]},\"http\":{\"method\":\"GET\",\"status\":200,\"url\":\"http://x/y\"},\"b\":null,"
                  + "\"duration\":\"1.234s\",\"remote\":\"10.0.0.1:4711\",\"id\":\"1234567\"}";
          case "spaced" ->
              "{ \"ts\" : 1.5, \"msg\" : \"hello to all of you\", \"object\" : \"a\", \"namespace\" : \"b\", "
                  + "\"method\" : \"GET\", \"status\" : 200, \"url\": \"http://x/y\", \"b\": null, "
                  + "\"duration\": \"1.234s\", \"remote\": \"10.0.0.1:4711\", \"id\": \"1234567\" }";
          case "logfmt" -> filled("time=2024-03-20T10:00:00Z level=info msg=\"handled request\" text=", "");
          case "klog" -> filled("I1124 15:00:00.123 handled request path=/api/v1/pods text=", "");
          default -> throw new IllegalArgumentException(text);
        };
    byte[] bytes = wanted.getBytes(UTF_8);
    length = bytes.length;
    chunk = Arrays.copyOf(bytes, length + Scan.BEHIND);
  }

  private static String filled(String start, String end) {
    return start + "x".repeat(TEXT_BYTES - start.length() - end.length()) + end;
  }

  @Benchmark
  public int search() {
    return level.find(chunk, 0, length);
  }
}
