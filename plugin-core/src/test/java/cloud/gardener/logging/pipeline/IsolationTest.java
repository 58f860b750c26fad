package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.ShootState;
import cloud.gardener.logging.sink.PathSink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One shoot's dead backend is nobody else's trouble. A namespace is a port here, so each has its own server. */
class IsolationTest {
  private static final int ALIVE = 90;
  private static final int ROUNDS = 20;
  private static final Duration LONGEST_FLUSH = Duration.ofMillis(250);

  @TempDir Path folder;

  private final List<PathSink> backends = new ArrayList<>();
  private final List<DeadServer> dead = new ArrayList<>();
  private RoutedOutput output;

  @AfterEach
  void stop() {
    output.close();
    backends.forEach(PathSink::close);
    dead.forEach(DeadServer::close);
  }

  @Test
  void shouldServeNinetyWhileTenAndTheSeedAreDead() throws Exception {
    List<String> shoots = new ArrayList<>();
    for (int i = 0; i < ALIVE; i++) {
      backends.add(new PathSink());
      shoots.add(Integer.toString(backends.get(i).port()));
    }
    for (int i = 0; i < 7; i++) {
      dead.add(new DeadServer(i % 2 == 0 ? DeadServer.Way.HANGS : DeadServer.Way.RESETS));
      shoots.add(Integer.toString(dead.get(i).port()));
    }
    for (int i = 0; i < 3; i++) {
      shoots.add(Integer.toString(closedPort()));
    }
    output =
        new RoutedOutput(
            folder,
            "SeedType", "otlp_http",
            "Endpoint", "http://backend.invalid:4318",
            "ShootType", "otlp_http",
            "HTTPVersion", "1.1",
            "ShutdownGrace", "200ms",
            "DynamicHostPrefix", "http://127.0.0.1:",
            "DynamicHostSuffix", "/all");
    shoots.forEach(shoot -> output.shoots.with(shoot, ShootState.CREATION));
    output.shoots.tell();

    flushAll(shoots, 1); // The classes are loaded, and the dead ones are tried.
    long longestNs = 0;
    for (int round = 1; round < ROUNDS; round++) {
      longestNs = Math.max(longestNs, flushAll(shoots, 10));
    }
    for (PathSink backend : backends) {
      RoutedOutput.await("all of it", () -> backend.records() == 1 + 10L * (ROUNDS - 1));
    }

    long longestMs = Duration.ofNanos(longestNs).toMillis();
    assertTrue(longestMs < LONGEST_FLUSH.toMillis(), "a flush took " + longestMs + " ms");
    RoutedOutput.await("only the dead ones have records waiting", () -> waiting() == 11);
  }

  private long waiting() {
    return output.metrics().targets().stream()
        .filter(target -> target.balance().buffered() > 0)
        .count();
  }

  /** A chunk of each shoot, as Fluent Bit gives them; returns how long the longest flush took. */
  private long flushAll(List<String> shoots, int records) {
    long longestNs = 0;
    for (String shoot : shoots) {
      long startNs = System.nanoTime();
      output.flush(shoot, records);
      longestNs = Math.max(longestNs, System.nanoTime() - startNs);
    }
    return longestNs;
  }

  /** A port that was free a moment ago. */
  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
