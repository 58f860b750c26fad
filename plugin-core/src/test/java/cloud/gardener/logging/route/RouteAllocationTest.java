package cloud.gardener.logging.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.MsgPack;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The hot path allocates nothing for a record. */
class RouteAllocationTest {
  private static final int RECORDS = 2_000;
  private static final int NAMESPACES = 50;
  private static final String ID = "0123456789abcdef".repeat(4);

  private final EventDecoder decoder = new EventDecoder();

  @Test
  void shouldAllocateNothingWhereTheRecordNamesItsShoot() {
    MsgPack chunk = new MsgPack();
    for (int i = 0; i < RECORDS; i++) {
      Map<String, Object> kubernetes = Map.of("pod_name", "p", "namespace_name", namespace(i));
      chunk.event(1, i, Map.of(), Map.of("log", "x", "stream", "stderr", "kubernetes", kubernetes));
    }

    assertEquals(0, bytesPerRecord(RouteConfigs.shoots(), chunk.bytes()));
  }

  @Test
  void shouldAllocateNothingWhereTheTagDoes() {
    PluginConfig config = RouteConfigs.shoots("FallbackToTagWhenMetadataIsMissing", "true");
    MsgPack chunk = new MsgPack();
    for (int i = 0; i < RECORDS; i++) {
      String tag = "kubernetes.var.log.containers.p_" + namespace(i) + "_c-" + ID + ".log";
      chunk.event(1, i, Map.of(), Map.of("log", "x", "tag", tag));
    }

    assertEquals(0, bytesPerRecord(config, chunk.bytes()));
  }

  private long bytesPerRecord(PluginConfig config, byte[] chunk) {
    Map<String, Shoot> shoots = new HashMap<>();
    for (int i = 0; i < NAMESPACES; i++) {
      shoots.put(namespace(i), Shoot.of(ShootState.READY, false));
    }
    Routing routing = new Routing(config);
    routing.setTable(new RoutingTable(config.dynamicHost(), config.states(), shoots, Coverage.CURRENT, namespace -> true));
    Router router = routing.newRouter();
    for (int i = 0; i < 50; i++) {
      route(router, chunk);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < 10; i++) {
      route(router, chunk);
    }
    return (threads.getThreadAllocatedBytes(thread) - before) / (10L * RECORDS);
  }

  private void route(Router router, byte[] chunk) {
    router.begin("tag");
    decoder.wrap(chunk, chunk.length);
    int toShoots = 0;
    while (decoder.next() == EventDecoder.RECORD) {
      toShoots += router.route(decoder).decision() == Decision.SHOOT ? 1 : 0;
    }
    assertEquals(RECORDS, toShoots);
  }

  private static String namespace(int number) {
    return "shoot--project--" + number % NAMESPACES;
  }
}
