package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The distribution's one jar, and the bill of materials beside it, which names the libraries in it. */
class LibrariesTest {
  private static final Path HOME = Distribution.plugin().resolveSibling("gardener");

  @Test
  void shouldBeListedInTheBillOfMaterials() throws IOException {
    try (JarFile jar = jar()) {
      Set<String> built = new TreeSet<>();
      for (ZipEntry entry : jar.stream().toList()) {
        if (entry.getName().startsWith("META-INF/maven/") && entry.getName().endsWith("/pom.properties")) {
          Properties library = new Properties();
          library.load(jar.getInputStream(entry));
          built.add(library.get("groupId") + ":" + library.get("artifactId") + ":" + library.get("version"));
        }
      }
      String version = jar.getManifest().getMainAttributes().getValue("Implementation-Version");
      assertTrue(built.remove("cloud.gardener.logging:plugin-jni:" + version), built.toString());
      assertFalse(built.isEmpty());
      built.removeIf(library -> library.startsWith("org.jctools:")); // a part of netty-common
      built.removeAll(listed());
      assertEquals(Set.of(), built);
    }
  }

  /** A merge that takes the first of several files with one name would lose the others. */
  @ParameterizedTest
  @CsvSource({
    "META-INF/services/io.grpc.LoadBalancerProvider, io.grpc.internal.PickFirstLoadBalancerProvider,"
        + " io.grpc.util.OutlierDetectionLoadBalancerProvider",
    "META-INF/services/io.grpc.NameResolverProvider, io.grpc.internal.DnsNameResolverProvider,"
        + " io.grpc.netty.UdsNameResolverProvider",
    "META-INF/io.netty.versions.properties, netty-buffer.version, netty-transport.version",
    "META-INF/NOTICE, Jackson, Micrometer"
  })
  void shouldKeepWhatSeveralHaveUnderOneName(String name, String ofOne, String ofAnother) throws IOException {
    try (JarFile jar = jar()) {
      String text = text(jar, name);
      assertTrue(text.contains(ofOne), text);
      assertTrue(text.contains(ofAnother), text);
    }
  }

  @Test
  void shouldHaveTheirClassesForNewerJdks() throws IOException {
    try (JarFile jar = jar()) {
      assertTrue(jar.isMultiRelease());
    }
  }

  private static JarFile jar() throws IOException {
    return new JarFile(HOME.resolve("lib/gardener-plugin.jar").toFile());
  }

  private static String text(JarFile jar, String name) throws IOException {
    return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Set<String> listed() {
    JsonNode bill = new JsonMapper().readTree(HOME.resolve("sbom.cdx.json").toFile());
    Set<String> listed = new HashSet<>();
    for (JsonNode library : bill.get("components")) {
      listed.add(
          library.get("group").asString() + ":" + library.get("name").asString() + ":"
              + library.get("version").asString());
    }
    return listed;
  }
}
