package cloud.gardener.logging.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.LoggedLines;
import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.MsgPack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tag that holds no metadata is named, once an output. */
class TagWarningTest {
  private static final String TAG =
      "kubernetes.var.log.containers.pod_shoot--a--b_c-" + "0f".repeat(32) + ".log";

  private final LoggedLines log = new LoggedLines(TagWarning.class);
  private final EventDecoder decoder = new EventDecoder();

  @AfterEach
  void stopListening() {
    log.close();
  }

  @Test
  void shouldNameTheTagAndTheExpressionOnce() {
    Routing routing = new Routing(RouteConfigs.of("FallbackToTagWhenMetadataIsMissing", "true"));

    for (int i = 0; i < 3; i++) { // Each flush has a router of its own.
      Router router = routing.newRouter();
      route(router, "kube.pod", Map.of("log", "x"), 1000);
      route(router, "other", Map.of("log", "x", "tag", "kube." + i), 1000);
    }

    assertEquals(
        List.of(
            "WARNING dque: the tag \"kube.pod\" does not match TagPrefix and TagExpression,"
                + " \"kubernetes\\.var\\.log\\.containers"
                + "\\.([^_]+)_([^_]+)_(.+)-([a-z0-9]{64})\\.log$\": its records have no Kubernetes"
                + " metadata. Correct the two keys, or set FallbackToTagWhenMetadataIsMissing false."
                + " Other tags may not match, either; this is said once"),
        log.all());
  }

  @Test
  void shouldSayItForEachOutput() {
    for (String name : List.of("one", "two")) {
      PluginConfig config =
          RouteConfigs.of("FallbackToTagWhenMetadataIsMissing", "true", "DQueName", name);
      route(new Routing(config).newRouter(), "kube.pod", Map.of("log", "x"), 2);
    }

    assertEquals(1, log.containing("WARNING one: ").size());
    assertEquals(1, log.containing("WARNING two: ").size());
  }

  @Test
  void shouldSayNothingWhereTheTagMatchesOrIsNotAskedFor() {
    Map<String, Object> own = Map.of("kubernetes", Map.of("pod_name", "p"));
    Routing asked = new Routing(RouteConfigs.of("FallbackToTagWhenMetadataIsMissing", "true"));
    route(asked.newRouter(), TAG, Map.of("log", "x"), 1);
    route(asked.newRouter(), "kube.pod", own, 1);
    route(new Routing(RouteConfigs.of()).newRouter(), "kube.pod", Map.of("log", "x"), 1);

    assertEquals(List.of(), log.all());
  }

  @Test
  void shouldBoundTheMessageToOneLine() {
    Routing routing = new Routing(RouteConfigs.of("FallbackToTagWhenMetadataIsMissing", "true"));

    route(routing.newRouter(), "a\nb" + "x".repeat(4000), Map.of("log", "x"), 1);

    String line = log.all().get(0);
    assertTrue(line.startsWith("WARNING dque: the tag \"a?bxxx"), line);
    assertTrue(line.length() < 800, line);
  }

  @Test
  void shouldSayThatATagIsTooLongToBeSearched() {
    Routing routing = new Routing(RouteConfigs.of("FallbackToTagWhenMetadataIsMissing", "true"));

    route(routing.newRouter(), "x".repeat(5000), Map.of("log", "x"), 1);

    assertEquals(1, log.containing("(longer than 4096 bytes)").size());
  }

  private void route(Router router, String tag, Map<String, ?> record, int times) {
    byte[] chunk = new MsgPack().event(1, 0, Map.of(), record).bytes();
    router.begin(tag);
    for (int i = 0; i < times; i++) {
      decoder.wrap(chunk, chunk.length);
      assertEquals(EventDecoder.RECORD, decoder.next());
      router.route(decoder);
    }
  }
}
