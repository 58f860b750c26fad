package cloud.gardener.logging.otlp;

import cloud.gardener.logging.event.MsgPack;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** The events of the benchmarks: container log lines of 240 bytes. */
final class BenchmarkLines {
  private static final int LINE_BYTES = 240;

  private BenchmarkLines() {}

  /** A chunk as Fluent Bit's tail and kubernetes filter make it. */
  static ByteBuffer chunk(int records) {
    Map<String, Object> kubernetes = new LinkedHashMap<>();
    kubernetes.put("pod_name", "kube-apiserver-6d4c75cb6d-abcde");
    kubernetes.put("namespace_name", "shoot--project--cluster");
    kubernetes.put("pod_id", "2e1d2a3c-8f7b-4c55-9d7e-0a1b2c3d4e5f");
    kubernetes.put("container_name", "kube-apiserver");
    kubernetes.put("docker_id", "c0ffee".repeat(10));
    kubernetes.put("host", "node-1");
    MsgPack chunk = new MsgPack();
    for (int i = 0; i < records; i++) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("stream", "stdout");
      body.put("logtag", "F");
      body.put("level", "info");
      body.put("log", line(i));
      body.put("kubernetes", kubernetes);
      chunk.event(1_700_000_000L + i, i, Map.of(), body);
    }
    return chunk.chunk();
  }

  /** A chunk as Fluent Bit's tail makes it: half of the lines are JSON without a level, half have klog's header. */
  static ByteBuffer plain(int records) {
    return lines(records, BenchmarkLines::line);
  }

  /** The same, with JSON alone: none of the lines has a level. */
  static ByteBuffer json(int records) {
    return lines(records, number -> json(number, ""));
  }

  /** The same, with JSON alone: each line has a level, which is the fourth key, after a short message. */
  static ByteBuffer jsonWithLevel(int records) {
    return lines(records, number -> json(number, "\"level\":\"info\","));
  }

  private static ByteBuffer lines(int records, IntFunction<String> line) {
    MsgPack chunk = new MsgPack();
    for (int i = 0; i < records; i++) {
      chunk.event(1_700_000_000L + i, i, Map.of(), Map.of("log", line.apply(i)));
    }
    return chunk.chunk();
  }

  private static String line(int number) {
    return number % 2 == 0
        ? json(number, "")
        : filled("I1124 15:00:00." + number + " handled request path=/api/v1/pods text=", "");
  }

  private static String json(int number, String level) {
    String start = "{\"ts\":" + number + ",\"msg\":\"handled request\",\"path\":\"/api/v1/pods\",";
    return filled(start + level + "\"text\":\"", "\"}");
  }

  private static String filled(String start, String end) {
    return start + "x".repeat(LINE_BYTES - start.length() - end.length()) + end;
  }
}
