package cloud.gardener.logging.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.event.TagMetadata;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kubernetes metadata that is read from a tag. */
class TagTest {
  private static final String NAMESPACE = "shoot--a--b";
  private static final String ID = "0123456789abcdef".repeat(4);

  private final EventDecoder decoder = new EventDecoder();
  private Router router;

  @Test
  void shouldReadTheRecordsTag() {
    route(config(), "other", Map.of("log", "x", "tag", tag("etcd-main-0", NAMESPACE, "etcd")));

    assertMetadata("etcd-main-0", NAMESPACE, "etcd", ID);
  }

  @Test
  void shouldReadFluentBitsTagWhereTheRecordHasNone() {
    route(config(), tag("etcd-main-0", NAMESPACE, "backup-restore"), Map.of("log", "x"));

    assertMetadata("etcd-main-0", NAMESPACE, "backup-restore", ID);
  }

  @Test
  void shouldReadFluentBitsTagWhereTheRecordsIsNoText() {
    route(config(), tag("pod", NAMESPACE, "c"), Map.of("tag", 5));

    assertMetadata("pod", NAMESPACE, "c", ID);
  }

  @Test
  void shouldFindTheExpressionAnywhereInTheTag() {
    route(config(), "x." + tag("pod", NAMESPACE, "c"), Map.of());

    assertMetadata("pod", NAMESPACE, "c", ID);
  }

  @Test
  void shouldRouteByTheTagsNamespace() {
    Route route = route(config(), tag("pod", NAMESPACE, "c"), Map.of("log", "x"));

    assertEquals(NAMESPACE, route.namespace());
    assertEquals(Decision.SHOOT, route.decision());
  }

  @Test
  void shouldRouteByAnotherPartOfTheMetadataWhereThePathLeadsThere() {
    PluginConfig config =
        RouteConfigs.shoots(
            "FallbackToTagWhenMetadataIsMissing", "true",
            "DynamicHostPath", "{\"kubernetes\":{\"container_name\":\"\"}}");

    assertEquals(NAMESPACE, route(config, tag("pod", "x", NAMESPACE), Map.of()).namespace());
  }

  @Test
  void shouldNotRouteByTheTagWhereThePathLeadsElsewhere() {
    PluginConfig config =
        RouteConfigs.shoots(
            "FallbackToTagWhenMetadataIsMissing", "true",
            "DynamicHostPath", "{\"tenant\":\"\"}");

    assertSame(Route.NO_HOST, route(config, tag("pod", NAMESPACE, "c"), Map.of()));
  }

  @Test
  void shouldPreferWhatTheRecordItselfHolds() {
    Map<String, Object> own = Map.of("kubernetes", Map.of("namespace_name", "garden"));

    assertSame(Route.NO_MATCH, route(config(), tag("pod", NAMESPACE, "c"), own));
    assertNull(router.tagMetadata());
  }

  @Test
  void shouldLeaveTheTagAloneWithoutTheFallback() {
    PluginConfig config = RouteConfigs.shoots();

    assertSame(Route.NO_HOST, route(config, tag("pod", NAMESPACE, "c"), Map.of()));
    assertNull(router.tagMetadata());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "systemd.kubelet",
        "kubernetes.var.log.containers.pod_shoot--a--b_c-short.log",
        "kubernetes.var.log.pods.pod_shoot--a--b_c.log",
      })
  void shouldHaveNoMetadataWhereTheExpressionIsNotFound(String tag) {
    assertSame(Route.NO_HOST, route(config(), tag, Map.of("log", "x")));
    assertFalse(router.hasMetadata());
  }

  @Test
  void shouldDropWhatHasNoMetadataWhereThatIsAsked() {
    PluginConfig config =
        RouteConfigs.shoots(
            "FallbackToTagWhenMetadataIsMissing", "true",
            "DropLogEntryWithoutK8sMetadata", "true");

    assertSame(Route.NO_METADATA, route(config, "systemd.kubelet", Map.of("log", "x")));
    assertEquals(NAMESPACE, route(config, tag("pod", NAMESPACE, "c"), Map.of()).namespace());
  }

  @Test
  void shouldNotMatchATagOfNoReasonableLength() {
    String longTag = "x".repeat(TagReader.MAX_BYTES) + tag("pod", NAMESPACE, "c");

    assertSame(Route.NO_HOST, route(config(), longTag, Map.of()));
  }

  @Test
  void shouldUseTheConfiguredKeyAndExpression() {
    PluginConfig config =
        RouteConfigs.shoots(
            "FallbackToTagWhenMetadataIsMissing", "true",
            "TagKey", "source",
            "TagPrefix", "^k8s",
            "TagExpression", "/(?P<pod>[^/]+)/([^/]+)/([^/]+)/(\\d+)$");

    assertEquals(
        NAMESPACE, route(config, "x", Map.of("source", "k8s/p/" + NAMESPACE + "/c/7")).namespace());
    assertMetadata("p", NAMESPACE, "c", "7");
  }

  @Test
  void shouldHaveNoMetadataWhereAGroupTookNoPart() {
    PluginConfig config =
        RouteConfigs.shoots(
            "FallbackToTagWhenMetadataIsMissing", "true",
            "TagPrefix", "k8s",
            "TagExpression", "/(a)(b)(c)(d)?$");

    assertSame(Route.NO_HOST, route(config, "k8s/abc", Map.of()));
    assertNull(router.tagMetadata());
  }

  @Test
  void shouldHandOutTheSameMetadataForTheSameTag() {
    String tag = tag("pod", NAMESPACE, "c");
    route(config(), tag, Map.of("n", 1));
    TagMetadata first = router.tagMetadata();
    router.begin("other");
    wrap(Map.of("tag", tag));
    router.route(decoder);

    assertSame(first, router.tagMetadata());
  }

  private static PluginConfig config() {
    return RouteConfigs.shoots("FallbackToTagWhenMetadataIsMissing", "true");
  }

  private static String tag(String pod, String namespace, String container) {
    return "kubernetes.var.log.containers." + pod + "_" + namespace + "_" + container + "-" + ID + ".log";
  }

  private Route route(PluginConfig config, String tag, Map<String, ?> record) {
    Map<String, Shoot> shoots = Map.of(NAMESPACE, Shoot.of(ShootState.READY, false));
    Routing routing = new Routing(config);
    routing.setTable(new RoutingTable(config.dynamicHost(), config.states(), shoots, Coverage.CURRENT, namespace -> true));
    router = routing.newRouter();
    router.begin(tag);
    wrap(record);
    return router.route(decoder);
  }

  private void wrap(Object record) {
    byte[] chunk = new MsgPack().event(1, 0, Map.of(), record).bytes();
    decoder.wrap(chunk, chunk.length);
    assertEquals(EventDecoder.RECORD, decoder.next());
  }

  private void assertMetadata(String pod, String namespace, String container, String id) {
    TagMetadata metadata = router.tagMetadata();
    assertEquals(pod, new String(metadata.pod(), UTF_8));
    assertEquals(namespace, new String(metadata.namespace(), UTF_8));
    assertEquals(container, new String(metadata.container(), UTF_8));
    assertEquals(id, new String(metadata.containerId(), UTF_8));
  }
}
