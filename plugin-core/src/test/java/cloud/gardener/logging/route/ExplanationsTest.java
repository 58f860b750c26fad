package cloud.gardener.logging.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.MsgPack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Level debug says why a record went where it went. */
class ExplanationsTest {
  private static final Logger LOG = Logger.getLogger(Explanations.class.getName());
  private static final String NAMESPACE = "shoot--a--b";

  private final List<String> lines = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord event) {
          lines.add(event.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private final PluginConfig config = RouteConfigs.shoots();
  private final Routing routing = new Routing(config);
  private final Router router = routing.newRouter();

  @BeforeEach
  void listen() {
    handler.setLevel(Level.ALL);
    LOG.addHandler(handler);
    LOG.setLevel(Level.FINE);
    LOG.setUseParentHandlers(false);
  }

  @AfterEach
  void restore() {
    LOG.removeHandler(handler);
    LOG.setLevel(null);
    LOG.setUseParentHandlers(true);
  }

  @Test
  void shouldSayOneLineForATagAndAnotherForAChange() {
    swap(ShootState.READY);
    flush("a.log", NAMESPACE);
    flush("a.log", NAMESPACE);
    swap(ShootState.READY);
    flush("a.log", NAMESPACE);
    flush("b.log", NAMESPACE);
    swap(ShootState.HIBERNATED);
    flush("a.log", NAMESPACE);

    assertEquals(
        List.of(
            "tag a.log, namespace shoot--a--b, goes to the shoot: its shoot's state is ready",
            "tag b.log, namespace shoot--a--b, goes to the shoot: its shoot's state is ready",
            "tag a.log, namespace shoot--a--b, goes nowhere (muted): its shoot's state is hibernated"),
        lines);
  }

  @Test
  void shouldExplainWhatBecomesNoTarget() {
    swap(ShootState.READY);
    flush("t", "garden");
    flush("t", "shoot--x");
    flush("t\n[error]", "");

    assertEquals(
        List.of(
            "tag t, namespace garden, goes to the seed: DynamicHostRegex does not match it",
            "tag t, namespace shoot--x, goes nowhere (no_client): it has no known shoot",
            "tag t?[error], goes to the seed: the record has no namespace at DynamicHostPath"),
        lines);
  }

  @Test
  void shouldSayNothingAtLevelInfo() {
    LOG.setLevel(Level.INFO);
    flush("t", NAMESPACE);

    assertEquals(List.of(), lines);
  }

  @Test
  void shouldExplainARecordThatDoesNotExistInTheSameWords() {
    swap(ShootState.HIBERNATED);
    for (String namespace : List.of(NAMESPACE, "garden", "shoot--x", "No Label", "")) {
      lines.clear();
      flush("t\n", namespace);

      assertEquals(lines, List.of(routing.explain("t\n", namespace)));
    }
  }

  @Test
  void shouldExplainByTheTagWhatHasNoMetadata() {
    Routing ofTags =
        new Routing(
            RouteConfigs.shoots(
                "FallbackToTagWhenMetadataIsMissing", "true", "DropLogEntryWithoutK8sMetadata", "true"));
    String tag = "kubernetes.var.log.containers.etcd-0_shoot--a--b_etcd-" + "0".repeat(64) + ".log";

    assertEquals(
        "tag " + tag + ", namespace shoot--a--b, goes to the seed: it has no known shoot, and the API server has"
            + " not confirmed that",
        ofTags.explain(tag, ""));
    assertEquals(
        "tag other, goes nowhere (no_metadata): neither the record nor its tag has Kubernetes metadata",
        ofTags.explain("other", ""));
  }

  private void swap(ShootState state) {
    Map<String, Shoot> shoots = Map.of(NAMESPACE, Shoot.of(state, false));
    routing.setTable(new RoutingTable(config.dynamicHost(), config.states(), shoots, Coverage.CURRENT, namespace -> true));
  }

  /** Two records each. */
  private void flush(String tag, String namespace) {
    Map<String, Object> record = Map.of("kubernetes", Map.of("namespace_name", namespace));
    byte[] chunk =
        new MsgPack().event(1, 0, Map.of(), record).event(2, 0, Map.of(), record).bytes();
    EventDecoder decoder = new EventDecoder();
    decoder.wrap(chunk, chunk.length);
    router.begin(tag);
    while (decoder.next() == EventDecoder.RECORD) {
      router.route(decoder);
    }
  }
}
