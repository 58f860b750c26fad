package cloud.gardener.logging.metrics.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.metrics.TargetSeries;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilesTest {
  private final ServedMetrics served = new ServedMetrics();
  private final CountDownLatch usesCpu = new CountDownLatch(1);
  private volatile boolean stop;
  private Thread busy;

  @BeforeEach
  void keepAThreadBusy() throws InterruptedException {
    served.server.serveProfiles();
    served.server.serveProfiles();
    busy = new Thread(this::useCpu, "busy;thread");
    busy.start();
    assertTrue(usesCpu.await(20, TimeUnit.SECONDS));
  }

  @AfterEach
  void close() throws InterruptedException {
    stop = true;
    busy.join();
    served.close();
  }

  private void useCpu() {
    usesCpu.countDown();
    double sum = 0;
    while (!stop && !Double.isInfinite(sum)) {
      sum += Math.sqrt(sum + 1);
    }
  }

  @Test
  void shouldListTheProfiles() throws Exception {
    String index = served.get("/debug/pprof/").body();

    assertEquals(index, served.get("/debug/pprof").body());
    for (String page : new String[] {"goroutine", "threads", "heap", "profile"}) {
      assertTrue(index.contains(page), index);
    }
  }

  @Test
  void shouldShowEveryThreadsStack() throws Exception {
    String dump = served.get("/debug/pprof/threads?debug=1").body();

    assertTrue(dump.contains("\"busy;thread\" RUNNABLE"), dump);
    assertTrue(dump.contains(ProfilesTest.class.getName() + ".useCpu("), dump);
  }

  @Test
  void shouldShowTheHeapByClass() throws Exception {
    String heap = served.get("/debug/pprof/heap?debug=1").body();

    assertTrue(heap.contains("#instances"), heap);
    assertTrue(heap.contains(TargetSeries.class.getName()), heap);
  }

  @Test
  void shouldAttributeCpuTimeToStacks() throws Exception {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long beforeNs = threads.getThreadCpuTime(busy.getId());
    HttpResponse<String> profile = served.get("/debug/pprof/profile?seconds=1&debug=1");
    long usedMicros = (threads.getThreadCpuTime(busy.getId()) - beforeNs) / 1000;

    assertEquals(200, profile.statusCode());
    profile.body().lines().forEach(line -> assertTrue(line.matches("[^;]+(;[^; ]+)* [0-9]+"), line));
    long micros =
        profile.body().lines()
            .filter(line -> line.startsWith("busy,thread;java.lang.Thread.run;"))
            .filter(line -> line.contains(ProfilesTest.class.getName() + ".useCpu"))
            .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
            .sum();
    // What the thread gets of a machine that does other work is not known beforehand.
    assertTrue(
        micros > usedMicros / 20 && micros <= usedMicros,
        micros + " of " + usedMicros + " in:\n" + profile.body());
  }

  @ParameterizedTest
  @CsvSource({
    "goroutine, threads count, ProfilesTest.useCpu",
    "threads, threads count, ProfilesTest.useCpu",
    "heap, inuse_objects count inuse_space bytes, cloud.gardener.logging.metrics.TargetSeries",
    "profile?seconds=1, samples count cpu nanoseconds, ProfilesTest.useCpu"
  })
  void shouldWriteTheFormatOfPprof(String page, String types, String function) throws Exception {
    HttpResponse<byte[]> response = served.getBytes(served.request("/debug/pprof/" + page));

    assertEquals("application/octet-stream", response.headers().firstValue("Content-Type").orElse(""));
    PprofFile profile = PprofFile.parse(response.body());
    assertEquals(types, profile.types());
    assertTrue(profile.valueOf(function) > 0, profile.functions().toString());
  }

  @Test
  void shouldNameThreadsAndAttributeTheirTime() throws Exception {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long beforeNs = threads.getThreadCpuTime(busy.getId());
    PprofFile profile =
        PprofFile.parse(served.getBytes(served.request("/debug/pprof/profile?seconds=1")).body());
    long usedNs = threads.getThreadCpuTime(busy.getId()) - beforeNs;

    long nanos = profile.valueOf("ProfilesTest.useCpu");
    assertTrue(nanos > usedNs / 20 && nanos <= usedNs, nanos + " of " + usedNs);
    assertTrue(profile.threads().contains("busy;thread"), profile.threads().toString());
  }

  @Test
  void shouldReturnTextToABrowser() throws Exception {
    for (String page : new String[] {"goroutine", "heap", "profile?seconds=1"}) {
      HttpResponse<String> response =
          served.send(served.request("/debug/pprof/" + page).header("Accept", "text/html,*/*;q=0.8"));
      assertEquals("text/plain; charset=utf-8", response.headers().firstValue("Content-Type").orElse(""));
    }
  }

  @Test
  void shouldTakeOneProfileAtATimeAndServeOtherPages() throws Exception {
    CompletableFuture<Integer> one = CompletableFuture.supplyAsync(this::profile);
    CompletableFuture<Integer> other = CompletableFuture.supplyAsync(this::profile);

    assertEquals(409, CompletableFuture.anyOf(one, other).get(20, TimeUnit.SECONDS));
    assertEquals(200, served.get("/healthz").statusCode());
    assertEquals(200 + 409, one.get(20, TimeUnit.SECONDS) + other.get(20, TimeUnit.SECONDS));
  }

  private int profile() {
    try {
      return served.get("/debug/pprof/profile?x=y&seconds=2").statusCode();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "61", "-1", "x", "", "99999999999"})
  void shouldRejectInvalidSeconds(String seconds) throws Exception {
    HttpResponse<String> refusal = served.get("/debug/pprof/profile?seconds=" + seconds);

    assertEquals(400, refusal.statusCode());
    assertEquals("seconds cannot be used; accepted is 1 to 60\n", refusal.body());
  }
}
