package cloud.gardener.logging.jni;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.config.Version;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartLineTest {
  private static final long HEAP = 40L << 20;

  private final Map<String, String> properties =
      new HashMap<>(
          Map.of(
              "java.vm.version", "25.0.1+8",
              "java.home", "/plugins/gardener/runtime",
              "java.vm.info", "mixed mode, sharing"));

  @Test
  void shouldNameVersionJvmHeapAndCache() {
    properties.put("gardener.aot.cache", "/cache");
    assertEquals(line("AOT cache in use"), StartLine.text(properties::get, HEAP));
  }

  @Test
  void shouldSayWhyTheCacheIsNotInUse() {
    assertEquals(line("no AOT cache for this Java (the start takes longer)"), StartLine.text(properties::get, HEAP));

    properties.put("gardener.aot.cache", "/cache");
    properties.put("java.vm.info", "mixed mode");
    assertEquals(
        line(
            "AOT cache not in use: /cache is not of this Java and these jars, or an option of the JVM excludes it"
                + " (the start takes longer)"),
        StartLine.text(properties::get, HEAP));
  }

  private static String line(String cache) {
    return "version " + Version.current() + ", Java 25.0.1+8 in /plugins/gardener/runtime, heap of at most 40 MiB, "
        + cache;
  }
}
