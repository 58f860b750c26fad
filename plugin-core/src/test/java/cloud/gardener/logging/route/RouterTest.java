package cloud.gardener.logging.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.MsgPack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where a record goes by what it holds. */
class RouterTest {
  private static final String READY = "shoot--a--ready";
  private static final String WAKING = "shoot--a--waking";

  private final EventDecoder decoder = new EventDecoder();

  @Test
  void shouldReadTheHostFromTheRecord() {
    assertEquals(READY, route(Map.of("log", "x", "kubernetes", namespace(READY))).namespace());
  }

  @Test
  void shouldReadAHostThatIsBinary() {
    byte[] binary = READY.getBytes(UTF_8);

    assertEquals(
        READY, route(Map.of("kubernetes", Map.of("namespace_name", binary))).namespace());
  }

  @Test
  void shouldTakeTheLastOfTwoEqualKeys() {
    Object record =
        new MsgPack.Pairs(
            List.of("kubernetes", namespace("garden"), 1, 2, "kubernetes", namespace(READY)));

    assertEquals(READY, route(record).namespace());
  }

  @Test
  void shouldWalkAPathOfAnyDepth() {
    PluginConfig config = RouteConfigs.shoots("DynamicHostPath", "{\"a\":{\"b\":{\"c\":\"\"}}}");

    assertEquals(READY, route(config, Map.of("a", Map.of("b", Map.of("c", READY)))).namespace());
    assertSame(Route.NO_HOST, route(config, Map.of("a", Map.of("b", Map.of("d", READY)))));
    assertSame(Route.NO_HOST, route(config, Map.of("a", Map.of("b", List.of("c", READY)))));
    assertSame(Route.NO_HOST, route(config, Map.of("c", READY)));
  }

  @Test
  void shouldWalkAPathOfOneKey() {
    PluginConfig config = RouteConfigs.shoots("DynamicHostPath", "{\"tenant\":\"\"}");

    assertEquals(READY, route(config, Map.of("tenant", READY)).namespace());
  }

  @Test
  void shouldSendToTheSeedWhatNamesNoShoot() {
    assertSame(Route.NO_HOST, route(Map.of("log", "x")));
    assertSame(Route.NO_HOST, route(Map.of("kubernetes", "text")));
    assertSame(Route.NO_HOST, route(Map.of("kubernetes", Map.of("namespace_name", 7))));
    assertSame(Route.NO_HOST, route(Map.of("kubernetes", namespace(""))));
    assertSame(Route.NO_MATCH, route(Map.of("kubernetes", namespace("garden"))));
    assertSame(Route.NO_LABEL, route(Map.of("kubernetes", namespace("shoot-" + "x".repeat(70_000)))));
  }

  @Test
  void shouldSendEverythingToTheSeedWithoutAPath() {
    PluginConfig config = RouteConfigs.of("DynamicHostRegex", ".*");

    assertSame(Route.NO_PATH, route(config, Map.of("kubernetes", namespace(READY))));
  }

  @Test
  void shouldRouteEachRecordOfAChunkForItself() {
    Router router = routing(RouteConfigs.shoots()).newRouter();
    MsgPack chunk = new MsgPack();
    for (String name : List.of(READY, WAKING, READY, "shoot--a--unknown", WAKING)) {
      chunk.event(1, 0, Map.of(), Map.of("kubernetes", namespace(name)));
    }
    byte[] bytes = chunk.bytes();
    decoder.wrap(bytes, bytes.length);
    router.begin("tag");

    for (String expected : List.of(READY, WAKING, READY, "", WAKING)) {
      decoder.next();
      assertEquals(expected, router.route(decoder).namespace());
    }
  }

  @Test
  void shouldRouteAChunkByOneTable() {
    PluginConfig config = RouteConfigs.shoots();
    Routing routing = routing(config);
    Router router = routing.newRouter();
    wrap(Map.of("kubernetes", namespace(READY)));
    router.begin("tag");
    assertEquals(Decision.SHOOT, router.route(decoder).decision());

    Map<String, Shoot> changed = Map.of(READY, Shoot.of(ShootState.DELETION, false));
    routing.setTable(new RoutingTable(config.dynamicHost(), config.states(), changed, Coverage.CURRENT, namespace -> true));

    assertEquals(Decision.SHOOT, router.route(decoder).decision());
    router.begin("tag");
    assertEquals(Decision.BOTH, router.route(decoder).decision());
  }

  /** Whoever knows that nothing has changed need not ask the API server. */
  @Test
  void shouldQueryWithEachChunkOnceWhatHasNoKnownShoot() {
    for (boolean absent : List.of(true, false)) {
      PluginConfig config = RouteConfigs.shoots();
      Routing routing = routing(config);
      routing.setTable(
          new RoutingTable(
              config.dynamicHost(),
              config.states(),
              Map.of(READY, Shoot.of(ShootState.READY, false)),
              Coverage.CURRENT,
              namespace -> absent));
      List<String> queried = new ArrayList<>();
      routing.setQueryListener(queried::add);
      Router router = routing.newRouter();
      for (int chunk = 0; chunk < 2; chunk++) {
        router.begin("tag");
        for (String name : List.of(READY, "shoot--a--unknown", "garden", "shoot--a--unknown")) {
          wrap(Map.of("kubernetes", namespace(name)));
          router.route(decoder);
        }
      }
      assertEquals(List.of("shoot--a--unknown", "shoot--a--unknown"), queried);
    }
  }

  @Test
  void shouldSendEverythingToTheSeedBeforeTheFirstTable() {
    Router router = new Routing(RouteConfigs.shoots()).newRouter();
    wrap(Map.of("kubernetes", namespace(READY)));
    router.begin("tag");

    assertSame(Route.NOT_KNOWN_YET, router.route(decoder));
  }

  @Test
  void shouldTellWhichRecordsHaveNoMetadata() {
    Router router = routing(RouteConfigs.shoots("FallbackToTagWhenMetadataIsMissing", "true")).newRouter();
    router.begin("systemd");

    wrap(Map.of("log", "x"));
    assertSame(Route.NO_HOST, router.route(decoder));
    assertFalse(router.hasMetadata());

    wrap(Map.of("kubernetes", namespace(READY)));
    assertEquals(READY, router.route(decoder).namespace());
    assertTrue(router.hasMetadata());
    assertNull(router.tagMetadata());
  }

  @Test
  void shouldDropRecordsWithoutMetadataWhereThatIsAsked() {
    Router router = routing(RouteConfigs.shoots("DropLogEntryWithoutK8sMetadata", "true")).newRouter();
    router.begin("kubernetes.var.log.containers.pod_" + READY + "_c-" + "0".repeat(64) + ".log");

    wrap(Map.of("log", "x"));
    assertSame(Route.NO_METADATA, router.route(decoder));
    assertFalse(router.hasMetadata());

    wrap(Map.of("kubernetes", namespace(READY)));
    assertEquals(READY, router.route(decoder).namespace());
    assertTrue(router.hasMetadata());
  }

  private Route route(Object record) {
    return route(RouteConfigs.shoots(), record);
  }

  private Route route(PluginConfig config, Object record) {
    Router router = routing(config).newRouter();
    wrap(record);
    router.begin("tag");
    return router.route(decoder);
  }

  private void wrap(Object record) {
    byte[] chunk = new MsgPack().event(1, 0, Map.of(), record).bytes();
    decoder.wrap(chunk, chunk.length);
    assertEquals(EventDecoder.RECORD, decoder.next());
  }

  private static Routing routing(PluginConfig config) {
    Map<String, Shoot> shoots =
        Map.of(
            READY, Shoot.of(ShootState.READY, false),
            WAKING, Shoot.of(ShootState.WAKING, false));
    Routing routing = new Routing(config);
    routing.setTable(new RoutingTable(config.dynamicHost(), config.states(), shoots, Coverage.CURRENT, namespace -> true));
    return routing;
  }

  private static Map<String, Object> namespace(String name) {
    return Map.of("pod_name", "pod", "namespace_name", name, "labels", Map.of("namespace_name", "x"));
  }
}
